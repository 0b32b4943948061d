// Payments: what the person has agreed to pay, and the invoices of it. What Stripe keeps is shown, never changed.
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { sayMoney } from '../../format/money.ts'
import { agreementWords } from '../../messages/agreements-en.ts'
import { panelWords } from '../../messages/members-en.ts'
import { useVoice } from '../../state/voice.ts'
import { CashPart } from './cash-part.tsx'
import { GiftPart } from './gift-part.tsx'
import { ManualForm } from './manual-form.tsx'
import { MembershipLine } from './membership-line.tsx'
import { Part } from './part.tsx'
import { TakenPart } from './taken-part.tsx'

export function Payments({ member }: { member: MemberPanel }) {
  const [adding, setAdding] = useState(false)
  const { locale } = useVoice()
  const balances = member.balances.map((balance) => agreementWords.balance(sayMoney(balance, locale)))
  return (
    <div className="flex flex-col gap-6">
      <Part
        title={panelWords.memberships}
        aside={
          <Button size="small" onClick={() => setAdding(true)}>
            {agreementWords.addMembership}
          </Button>
        }
      >
        {balances.length > 0 && <p className="mb-2 text-13 text-ink-2">{balances.join(', ')}</p>}
        {member.memberships.length === 0 ? (
          <p className="text-14 text-ink-3">{panelWords.noMemberships}</p>
        ) : (
          <ul className="divide-y divide-line rounded-md border border-line">
            {member.memberships.map((membership) => (
              <MembershipLine key={membership.id} membership={membership} member={member} />
            ))}
          </ul>
        )}
      </Part>
      <CashPart member={member.id} />
      <Part title={panelWords.invoices}>
        {member.invoices.length === 0 ? (
          <p className="text-14 text-ink-3">{panelWords.noInvoices}</p>
        ) : (
          <Invoices invoices={member.invoices} />
        )}
      </Part>
      <TakenPart member={member} />
      <GiftPart member={member} />
      {adding && <ManualForm member={member} renew={null} open onClose={() => setAdding(false)} />}
    </div>
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
