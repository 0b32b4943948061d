// Payments: what the person has agreed to pay, and the invoices of it. Shown, never changed.
import { ExternalLink } from 'lucide-react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { sayDay } from '../../format/moments.ts'
import { sayMoney } from '../../format/money.ts'
import { panelWords } from '../../messages/members-en.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { Part } from './part.tsx'

export function Payments({ member }: { member: MemberPanel }) {
  return (
    <div className="flex flex-col gap-6">
      <Part title={panelWords.memberships}>
        {member.memberships.length === 0 ? (
          <p className="text-14 text-ink-3">{panelWords.noMemberships}</p>
        ) : (
          <ul className="divide-y divide-line rounded-md border border-line">
            {member.memberships.map((membership) => (
              <Membership key={membership.id} membership={membership} />
            ))}
          </ul>
        )}
      </Part>
      <Part title={panelWords.invoices}>
        {member.invoices.length === 0 ? (
          <p className="text-14 text-ink-3">{panelWords.noInvoices}</p>
        ) : (
          <Invoices invoices={member.invoices} />
        )}
      </Part>
    </div>
  )
}

function Membership({ membership }: { membership: MemberPanel['memberships'][number] }) {
  const voice = useVoice()
  const day = (at: string) => sayDay(Date.parse(at), deskNow(), voice)
  const { plan, price, interval, standing, endsAt, graceUntil, paidUntil, kind } = membership
  const dates = [
    standing === 'grace' && graceUntil ? panelWords.accessEnds(day(graceUntil)) : null,
    endsAt ? panelWords.endsAt(day(endsAt)) : paidUntil ? panelWords.paidUntil(day(paidUntil)) : null,
    kind === 'manual' ? panelWords.manual : null,
  ].filter((text) => text !== null)
  return (
    <li className="flex items-start justify-between gap-3 px-3 py-2.5">
      <div className="min-w-0">
        <p className="font-medium">{plan}</p>
        <p className="flex flex-wrap gap-x-3 text-13 text-ink-3">
          {dates.map((text) => (
            <span key={text} className="whitespace-nowrap">
              {text}
            </span>
          ))}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        {price !== null && (
          <p className="text-14 text-ink-2">
            <span className="figures font-medium text-ink">{sayMoney(price, voice.locale)}</span>
            {interval !== null && ` ${panelWords.per(interval)}`}
          </p>
        )}
        <StandingChip standing={standing} />
      </div>
    </li>
  )
}

const HEAD = 'border-b border-line py-1.5 text-left text-13 font-medium text-ink-3'
const CELL = 'border-b border-line py-2 align-top group-last:border-b-0'

function Invoices({ invoices }: { invoices: MemberPanel['invoices'] }) {
  const { locale } = useVoice()
  return (
    <table className="w-full border-separate border-spacing-0 text-14">
      <thead>
        <tr>
          <th scope="col" className={HEAD}>
            {panelWords.invoiceDate}
          </th>
          <th scope="col" className={HEAD}>
            {panelWords.invoiceNumber}
          </th>
          <th scope="col" className={HEAD}>
            {panelWords.invoiceState}
          </th>
          <th scope="col" className={cx(HEAD, 'text-right')}>
            {panelWords.invoiceAmount}
          </th>
        </tr>
      </thead>
      <tbody>
        {invoices.map((invoice) => (
          <tr key={invoice.id} className="group">
            <td className={cx(CELL, 'pr-2 whitespace-nowrap text-ink-2')}>
              <Moment at={invoice.createdAt} as="day" />
            </td>
            <td className={cx(CELL, 'pr-2')}>
              <InvoiceNumber number={invoice.number} url={invoice.url} />
            </td>
            <td className={cx(CELL, 'pr-2', invoice.status === 'open' ? 'font-medium text-refused-ink' : 'text-ink-2')}>
              {panelWords.invoiceStates[invoice.status] ?? invoice.status}
            </td>
            <td className={cx(CELL, 'figures text-right font-medium whitespace-nowrap')}>
              {sayMoney(invoice.due, locale)}
              {invoice.remaining.minor > 0 && invoice.remaining.minor !== invoice.due.minor && (
                <span className="block text-13 font-normal text-ink-3">
                  {panelWords.stillOpen(sayMoney(invoice.remaining, locale))}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function InvoiceNumber({ number, url }: { number: string | null; url: string | null }) {
  const shown = number ?? panelWords.noNumber
  if (url === null) return <span className="text-ink-2">{shown}</span>
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      aria-label={panelWords.atStripe(shown)}
      className="inline-flex items-center gap-1 text-accent-ink underline decoration-1 underline-offset-3 hover:no-underline"
    >
      {shown}
      <ExternalLink className="size-3.5" />
    </a>
  )
}
