// One door as whoever looks after it wants to see it.
import { CircleAlert, CircleCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { DoorHealth } from '../../../preload/shapes-devices.ts'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { sayDriver, deviceWords as words } from '../../messages/devices-en.ts'
import { useDeed } from '../../state/deed.ts'
import { nameOf } from '../desk/name-of.ts'
import { DeviceNotices } from './device-notices.tsx'
import { ParityLists } from './parity-lists.tsx'

export function DoorHealthCard({ door }: { door: DoorHealth }) {
  const { id, name, online, parity, trouble } = door
  const device = parity && {
    adopted: parity.adopted,
    otherDesk: parity.otherDesk,
    toRemove: parity.toRemove,
    since: parity.toRemoveSince,
    inHours: 0,
  }
  return (
    <li data-door={id} className="card flex flex-col gap-4 p-5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate text-20 font-semibold">{name}</h2>
          <p className="text-13 text-ink-3">
            {sayDriver(door.driver)} · {id}
          </p>
        </div>
        <Chip tone={online ? 'granted' : 'refused'} icon={online ? CircleCheck : CircleAlert}>
          {online ? words.online : words.offline}
        </Chip>
      </div>
      {trouble !== null && <Notice tone="refused">{trouble}</Notice>}
      <DeviceNotices door={{ id, name, device }} />
      {door.fewKeyholders && <Notice tone="grace">{words.fewKeys}</Notice>}
      <Facts door={door} />
      {parity !== null && <ParityLists parity={parity} />}
      {door.lastEvents.length > 0 && (
        <div>
          <h3 className="text-13 font-medium text-ink-3">{words.lastEvents}</h3>
          <ul>
            {door.lastEvents.map((row) => (
              <li key={row.seq} className="flex justify-between gap-3 py-0.5 text-14">
                <span className="min-w-0 truncate">{nameOf(row)}</span>
                <Moment at={row.at} className="text-ink-3" />
              </li>
            ))}
          </ul>
        </div>
      )}
      {door.canOpen && <OpenOnce door={door} />}
    </li>
  )
}

function Facts({ door }: { door: DoorHealth }) {
  const { facts } = words
  const { device, lastSeenAt, canOpen, triedAt, firmware, clockOffSeconds, times, keyholders, parity, overnight } = door
  const number = (value: number) => value.toFixed(1)
  const clock =
    clockOffSeconds === null ? null : Math.abs(clockOffSeconds) < 5 ? words.clockGood : words.clockOff(clockOffSeconds)
  const rows: [string, ReactNode][] = [
    [facts.where, device],
    [facts.seen, lastSeenAt === null ? '–' : <Moment key="seen" at={lastSeenAt} />],
    [facts.tried, !canOpen ? null : triedAt === null ? words.neverTried : <Moment key="tried" at={triedAt} />],
    [facts.firmware, firmware],
    [facts.clock, clock],
    [facts.times, times === null ? words.noTimes : words.times(times.count, number(times.p50), number(times.p99))],
    [facts.keys, String(keyholders)],
    [facts.list, parity === null ? null : listOf(parity)],
    [facts.overnight, words.overnight(overnight.came, overnight.refused, overnight.told)],
  ]
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-14">
      {rows.map(
        ([label, value]) =>
          value !== null && (
            <div key={label} className="contents">
              <dt className="text-13 leading-5 text-ink-3">{label}</dt>
              <dd className="figures break-words">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function listOf({ adopted, readAt, held, wanted, differing }: NonNullable<DoorHealth['parity']>): string {
  if (readAt === null) return words.listUnread
  if (!adopted) return words.listFound(held.cards)
  if (held.hash === wanted.hash) return words.listSame(held.cards, held.hash)
  return words.listDiffers(held.cards, wanted.cards, differing)
}

function OpenOnce({ door: { id, name } }: { door: DoorHealth }) {
  const [asked, setAsked] = useState(false)
  const [opened, setOpened] = useState(false)
  const deed = useDeed()

  async function open(): Promise<void> {
    const outcome = await deed.run('doors.open', { id }, 'doors.health')
    setAsked(false)
    setOpened(outcome.ok)
  }
  return (
    <div className="flex flex-col gap-2">
      {asked ? (
        <Confirm
          ask={words.openAsk(name)}
          doIt={words.openDo}
          busy={deed.busy}
          onDo={() => void open()}
          onKeep={() => setAsked(false)}
        />
      ) : (
        <div className="flex items-center gap-3">
          <Button size="small" onClick={() => setAsked(true)}>
            {words.open}
          </Button>
          <p role="status" className="text-13 text-ink-2">
            {opened ? words.opened : ''}
          </p>
        </div>
      )}
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}
