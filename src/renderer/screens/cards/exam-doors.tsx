// What each door makes of the card: what its reader shows of it, and what the door would say now.
import type { DoorExam } from '../../../preload/shapes-card-doctor.ts'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { DoorChip } from '../../components/state-chips.tsx'
import { doctorWords as words } from '../../messages/card-doctor-en.ts'

const HEAD = 'border-b border-line py-2 pr-4 text-left text-13 font-medium text-ink-3'
const CELL = 'border-b border-line py-2.5 pr-4 align-top text-14'

export function ExamDoors({ doors }: { doors: DoorExam[] }) {
  return (
    <table className="w-full border-separate border-spacing-0">
      <thead>
        <tr>
          {[words.door, words.reads, words.says].map((title) => (
            <th key={title} scope="col" className={HEAD}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {doors.map((door) => (
          <tr key={door.id} data-door={door.id}>
            <th scope="row" className={cx(CELL, 'w-44 text-left font-medium')}>
              {door.name}
            </th>
            <td className={cx(CELL, 'w-56')}>
              <Reads door={door} />
            </td>
            <td className={CELL}>
              <DoorChip grant={door.grant} />
              <p className="mt-1 text-ink-2">{door.sentence}</p>
              {door.device !== null && (
                <p className="mt-0.5 text-13 text-ink-3">
                  {words.devices[door.device.state]}
                  {door.device.since !== null && (
                    <>
                      , {words.since} <Moment at={door.device.since} />
                    </>
                  )}
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Reads({ door: { shows, part, form } }: { door: DoorExam }) {
  if (shows === null) return <span className="text-refused-ink">{words.nothing}</span>
  return (
    <>
      <span className={part ? 'font-medium text-grace-ink' : 'text-ink-2'}>{part ? words.onlyPart : words.whole}</span>
      {form !== null && (
        <span className="block figures text-13 break-all text-ink-3">
          {shows} ({form})
        </span>
      )}
    </>
  )
}
