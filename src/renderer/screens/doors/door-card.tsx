// One door: does it answer, who may open it, and the two things that cannot be taken back.
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import type { Door } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { accessWords as words } from '../../messages/access-en.ts'
import { sayDriver } from '../../messages/devices-en.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { useDeed } from '../../state/deed.ts'
import { DeviceNotices } from './device-notices.tsx'
import { DoorAllowance } from './door-allowance.tsx'
import { DoorDetails } from './door-details.tsx'
import type { NewKey } from './door-key.tsx'
import { DoorMode } from './door-mode.tsx'
import { DoorPlans } from './door-plans.tsx'
import { OpensFor } from './opens-for.tsx'

export function DoorCard({ door, onKey }: { door: Door; onKey: (key: NewKey) => void }) {
  const [asked, setAsked] = useState<'rekey' | 'remove' | null>(null)
  const [open, setOpen] = useState<'plans' | 'details' | null>(null)
  const deed = useDeed()

  async function rekey(): Promise<void> {
    const outcome = await deed.run('doors.rekey', { id: door.id }, 'doors.list')
    if (!outcome.ok) return
    setAsked(null)
    const { key, password } = outcome.value
    onKey(key === null ? { name: door.name, key: password ?? '', is: 'password' } : { name: door.name, key, is: 'key' })
  }

  return (
    <li data-door={door.id} className="card flex flex-col gap-4 p-5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate text-20 font-semibold">{door.name}</h2>
          <p className="text-13 text-ink-3">{sayDriver(door.driver)}</p>
        </div>
        <div className="flex flex-col items-end gap-1">
          <Chip tone={door.online ? 'granted' : 'refused'} icon={door.online ? CircleCheck : CircleAlert}>
            {door.online ? doorWords.online : doorWords.offline}
          </Chip>
          {!door.online && (
            <p className="text-13 text-ink-3">
              {door.lastSeenAt === null ? (
                doorWords.neverSeen
              ) : (
                <>
                  {doorWords.lastSeen} <Moment at={door.lastSeenAt} />
                </>
              )}
            </p>
          )}
        </div>
      </div>
      <div className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-3">
          <p className="text-13 text-ink-3">{doorWords.opensFor}</p>
          <Button size="small" aria-label={doorWords.changeOf(door.name)} onClick={() => setOpen('plans')}>
            {doorWords.change}
          </Button>
        </div>
        <OpensFor door={door} />
      </div>
      <DeviceNotices door={door} />
      <DoorAllowance door={door} />
      <DoorMode door={door} />
      <div className="-mx-5 mt-auto -mb-5 border-t border-line px-3 py-2">
        {asked === null ? (
          <div className="flex gap-1">
            <Button
              rank="quiet"
              size="small"
              aria-label={words.detailsOf(door.name)}
              onClick={() => setOpen('details')}
            >
              {words.details}
            </Button>
            {door.driver === 'native' && (
              <Button rank="quiet" size="small" onClick={() => setAsked('rekey')}>
                {doorWords.rekey}
              </Button>
            )}
            <Button rank="quiet" size="small" onClick={() => setAsked('remove')}>
              {doorWords.remove}
            </Button>
          </div>
        ) : (
          <Confirm
            ask={asked === 'rekey' ? doorWords.rekeyAsk : doorWords.removeAsk}
            doIt={asked === 'rekey' ? doorWords.rekeyDo : doorWords.removeDo}
            busy={deed.busy}
            onDo={() => void (asked === 'rekey' ? rekey() : deed.run('doors.remove', { id: door.id }, 'doors.list'))}
            onKeep={() => setAsked(null)}
          />
        )}
        <RefusalLine refusal={deed.refusal} />
      </div>
      {open === 'plans' && <DoorPlans door={door} onClose={() => setOpen(null)} />}
      {open === 'details' && <DoorDetails door={door} onClose={() => setOpen(null)} />}
    </li>
  )
}
