// What a device still has to be told, and the receipts of what it was made to forget.
import type { DeviceCard, Parity } from '../../../preload/shapes-devices.ts'
import { Moment } from '../../components/moment.tsx'
import { deviceWords as words } from '../../messages/devices-en.ts'

export function ParityLists({ parity: { differences, receipts } }: { parity: Parity }) {
  return (
    <>
      {differences.length > 0 && (
        <Lines title={words.differences}>
          {differences.map((row) => (
            <Line key={row.card} card={row} at={row.since} what={words.changes[row.change]} since />
          ))}
        </Lines>
      )}
      {receipts.length > 0 && (
        <Lines title={words.receipts}>
          {receipts.slice(0, 5).map((row) => (
            <Line key={`${row.card} ${row.since}`} card={row} at={row.landedAt} what="" />
          ))}
        </Lines>
      )}
    </>
  )
}

function Lines({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3 className="text-13 font-medium text-ink-3">{title}</h3>
      <ul>{children}</ul>
    </div>
  )
}

type LineProps = { card: DeviceCard; at: string; what: string; since?: boolean }

/** A card that was reported lost is named as that: it is the one that somebody may have found. */
function Line({ card: { card, member, state }, at, what, since = false }: LineProps) {
  const lost = state === 'lost' || state === 'stolen' ? words.lostCard[state] : null
  return (
    <li className="flex justify-between gap-3 py-0.5 text-14">
      <span className="min-w-0 truncate">
        {member?.name ?? words.nobody} <span className="font-mono text-13 text-ink-3">{card}</span>
        {lost !== null && <span className="ml-2 font-medium text-refused-ink">{lost}</span>}
      </span>
      <span className="shrink-0 text-13 text-ink-2">
        {what} {since && words.since} <Moment at={at} />
      </span>
    </li>
  )
}
