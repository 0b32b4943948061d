// Whom to call: on the screen, on paper, as a file; those without a number are told at the desk.
import { Download, Printer } from 'lucide-react'
import type { Caller } from '../../../../preload/shapes-late.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { SkeletonRows } from '../../../components/later.tsx'
import { RefusalLine } from '../../../components/notice.tsx'
import { sayCount, sayMoney } from '../../../format/money.ts'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import { useLateAbout } from '../../../state/late-about.ts'
import { useReading } from '../../../state/readings.ts'
import { saveFile } from '../../../state/save-file.ts'
import { useVoice } from '../../../state/voice.ts'
import { linesOf } from './ask.tsx'
import type { ActionProps } from './dialog-props.ts'

export function CallListDialog({ rows, onClose }: ActionProps) {
  const about = useLateAbout(rows)
  const { value, refusal } = useReading('late.callList', { lines: linesOf(rows) })
  return (
    <Dialog open wide onClose={onClose} title={words.callTitle} about={words.callAbout(about.people())}>
      <RefusalLine refusal={refusal} />
      {value === null ? (
        refusal === null && <SkeletonRows rows={4} />
      ) : (
        <div className="flex flex-col gap-4">
          <article className="print-sheet print-list flex flex-col gap-4">
            <h2 className="hidden text-20 font-semibold print:block">{words.callTitle}</h2>
            {value.call.length === 0 && <p className="text-14">{words.nobodyToCall}</p>}
            {value.call.length > 0 && <Callers callers={value.call} title={words.callTitle} />}
            {value.desk.length > 0 && (
              <section className="flex flex-col gap-2">
                <h3 className="text-16 font-semibold">{words.atDesk}</h3>
                <p className="text-13 text-ink-3">{words.atDeskAbout}</p>
                <Callers callers={value.desk} title={words.atDesk} />
              </section>
            )}
          </article>
          <div className="flex gap-2 print:hidden">
            <Button rank="primary" onClick={() => window.print()}>
              <Printer className="size-4" />
              {words.print}
            </Button>
            <Button onClick={() => saveFile(value.file.name, value.file.csv)}>
              <Download className="size-4" />
              {words.csv}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}

const HEAD = 'border-b border-line py-1.5 pr-3 text-left text-13 font-medium text-ink-3 last:pr-0'
const CELL = 'border-b border-line py-2 pr-3 align-top last:pr-0 group-last:border-b-0'
const MORE = 'block text-13 text-ink-3 [overflow-wrap:anywhere]'

function Callers({ callers, title }: { callers: readonly Caller[]; title: string }) {
  const phones = callers.some(({ phone }) => phone !== null)
  const { locale } = useVoice()
  return (
    <table aria-label={title} className="w-full table-fixed border-separate border-spacing-0 text-14">
      <thead>
        <tr>
          {phones && (
            <th scope="col" className={`${HEAD} w-[27%]`}>
              {words.phone}
            </th>
          )}
          <th scope="col" className={HEAD}>
            {words.who}
          </th>
          <th scope="col" className={`${HEAD} w-24 text-right`}>
            {words.amount}
          </th>
          <th scope="col" className={`${HEAD} w-[38%] pl-3`}>
            {words.about}
          </th>
        </tr>
      </thead>
      <tbody>
        {callers.map(({ member, phone, ask, amount, plan, daysOverdue, reason, note }) => (
          <tr key={`${member.id} ${amount.currency}`} className="group break-inside-avoid">
            {phone !== null && (
              <td className={`${CELL} figures`}>
                <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
              </td>
            )}
            <td className={CELL}>
              <span className="font-medium [overflow-wrap:anywhere]">{member.name}</span>
              {ask !== null && <span className={MORE}>{words.askFor(ask)}</span>}
            </td>
            <td className={`${CELL} figures text-right`}>{sayMoney(amount, locale)}</td>
            <td className={`${CELL} pl-3`}>
              {plan}, {words.days(daysOverdue, sayCount(daysOverdue, locale))}
              <span className={MORE}>{reason}</span>
              {note !== null && <span className={MORE}>{note}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
