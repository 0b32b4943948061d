// Doors: which there are, whether they answer, who may open them.
import { DoorOpen, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button, buttonClass } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { deviceWords } from '../../messages/devices-en.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { AddDoor } from './add-door.tsx'
import { DoorCard } from './door-card.tsx'
import { DoorGroups } from './door-groups.tsx'
import { DoorKey, type NewKey } from './door-key.tsx'
import { EventsPart } from './events-part.tsx'
import { Inductions } from './inductions.tsx'

export function DoorsScreen() {
  const { value, refusal } = useReading('doors.list', {})
  const [adding, setAdding] = useState(false)
  const [newKey, setNewKey] = useState<NewKey | null>(null)
  return (
    <Page
      title={doorWords.title}
      aside={
        <div className="flex items-center gap-3">
          <a href={linkTo('doors', 'doctor')} className={buttonClass()}>
            {deviceWords.health}
          </a>
          <Button rank="primary" onClick={() => setAdding(true)}>
            <Plus className="size-4" />
            {doorWords.add}
          </Button>
        </div>
      }
    >
      <RefusalLine refusal={refusal} />
      {value === null ? (
        refusal === null && (
          <div className="card">
            <SkeletonRows rows={3} />
          </div>
        )
      ) : value.length === 0 ? (
        <div className="card">
          <Empty icon={DoorOpen} title={doorWords.empty}>
            {doorWords.emptyMore}
          </Empty>
        </div>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(380px,100%),1fr))] gap-4">
          {value.map((door) => (
            <DoorCard key={door.id} door={door} onKey={setNewKey} />
          ))}
        </ul>
      )}
      {value !== null && value.length > 0 && (
        <>
          <EventsPart />
          <div className="grid grid-cols-1 items-start gap-4 wide:grid-cols-2">
            <DoorGroups />
            <Inductions />
          </div>
        </>
      )}
      <AddDoor
        open={adding}
        onClose={() => setAdding(false)}
        onKey={(key) => {
          setAdding(false)
          setNewKey(key)
        }}
      />
      <DoorKey shown={newKey} onClose={() => setNewKey(null)} />
    </Page>
  )
}
