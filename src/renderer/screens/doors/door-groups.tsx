// Groups of doors, below the doors themselves.
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Group } from '../../../preload/shapes-access.ts'
import { Button } from '../../components/button.tsx'
import { KeptLine, KeptList } from '../../components/kept-line.tsx'
import { Section } from '../../components/page.tsx'
import { accessWords as words } from '../../messages/access-en.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { GroupForm } from './group-form.tsx'

export function DoorGroups() {
  const groups = useReading('groups.list', {}).value
  const [open, setOpen] = useState<Group | 'new' | null>(null)
  if (groups === null) return null
  return (
    <Section
      title={words.groups}
      about={words.groupsAbout}
      aside={
        <Button size="small" onClick={() => setOpen('new')}>
          <Plus className="size-4" />
          {words.newGroup}
        </Button>
      }
    >
      {groups.length === 0 ? (
        <p className="text-14 text-ink-3">{words.noGroups}</p>
      ) : (
        <KeptList>
          {groups.map((group) => (
            <GroupLine key={group.id} group={group} onChange={() => setOpen(group)} />
          ))}
        </KeptList>
      )}
      {open !== null && <GroupForm group={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  )
}

function GroupLine({ group, onChange }: { group: Group; onChange: () => void }) {
  const { id, name, doors, plans } = group
  const knownDoors = useReading('doors.list', {}).value ?? []
  const knownPlans = useReading('plans.list', {}).value ?? []
  const hours = useReading('hours.list', {}).value ?? []
  const deed = useDeed()
  const doorNames = doors.map((door) => knownDoors.find((one) => one.id === door)?.name ?? door)
  const planNames = plans?.map((access) => {
    const plan = knownPlans.find((one) => one.id === access.plan)?.name ?? access.plan
    const within = hours.find((one) => one.id === access.hours)
    return within === undefined ? plan : `${plan} (${within.says})`
  })
  const opensFor = planNames?.join(', ') || (plans === null ? doorWords.everyPlan : doorWords.noPlan)
  return (
    <KeptLine
      name={name}
      deed={deed}
      change={{ word: words.change, label: words.changeGroup(name), onDo: onChange }}
      remove={{
        word: words.remove,
        label: words.removeGroup(name),
        ask: words.removeGroupAsk(name),
        onDo: () => void deed.run('groups.remove', { id }, 'groups.list', 'doors.list', 'hours.list', 'members.get'),
      }}
    >
      <p className="text-13 text-ink-2">{doorNames.join(', ')}</p>
      <p className="text-13 text-ink-3">
        {words.groupOpensFor}: {opensFor}
      </p>
    </KeptLine>
  )
}
