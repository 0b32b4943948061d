// One membership: what is paid for until when, by whom, whom it covers, and what can be changed here.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { ChangeAct } from '../../../preload/shapes-changes.ts'
import { Button } from '../../components/button.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { sayDay, sayLastDay } from '../../format/moments.ts'
import { sayMoney } from '../../format/money.ts'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { panelWords } from '../../messages/members-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { CoveredPeople } from './covered-people.tsx'
import { ManualForm } from './manual-form.tsx'
import { MembershipChanges } from './membership-changes.tsx'
import { MembershipMenu } from './membership-menu.tsx'

type Membership = MemberPanel['memberships'][number]
type Props = { membership: Membership; member: { id: string; name: string } }

const CHANGED = ['members.get', 'memberships.terms', 'members.list', 'inbox.list', 'desk.status'] as const

export function MembershipLine({ membership, member }: Props) {
  const voice = useVoice()
  const [act, setAct] = useState<ChangeAct | null>(null)
  const day = (at: string) => sayLastDay(Date.parse(at), deskNow(), voice)
  const { plan, price, interval, standing, endsAt, graceUntil, paidUntil, kind } = membership
  const facts = [
    standing === 'grace' && graceUntil ? panelWords.accessEnds(day(graceUntil)) : null,
    endsAt ? panelWords.endsAt(day(endsAt)) : paidUntil ? panelWords.paidUntil(day(paidUntil)) : null,
    kind === 'manual' ? panelWords.manual : null,
    membership.payer === null ? null : words.payer(membership.payer.name),
    membership.discount,
  ].filter((text) => text !== null)
  return (
    <li className="flex flex-col gap-2 px-3 py-2.5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0 flex-1">
          <p className="font-medium">{plan}</p>
          <p className="flex flex-wrap gap-x-3 text-13 text-ink-3">
            {facts.map((text) => (
              <span key={text}>{text}</span>
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
        <MembershipMenu plan={plan} can={membership.can} onAct={setAct} />
      </div>
      {membership.flag !== null && <Notice tone="grace">{membership.flag}</Notice>}
      <MembershipChanges membership={membership} member={member} act={act} onClose={() => setAct(null)} />
      {standing !== 'ended' && <CoveredPeople membership={membership} />}
      {kind === 'manual' && standing !== 'ended' && <ManualActions membership={membership} member={member} />}
    </li>
  )
}

function ManualActions({ membership, member }: Props) {
  const [renewing, setRenewing] = useState(false)
  const [asked, setAsked] = useState(false)
  const deed = useDeed()
  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2">
        <Button size="small" onClick={() => setRenewing(true)}>
          {words.renew}
        </Button>
        <Button size="small" rank="quiet" onClick={() => setAsked(true)}>
          {words.end}
        </Button>
      </div>
      <Terms id={membership.id} />
      {asked && (
        <Confirm
          ask={words.endAsk}
          doIt={words.end}
          busy={deed.busy}
          onDo={() => void deed.run('memberships.end', { id: membership.id }, ...CHANGED)}
          onKeep={() => setAsked(false)}
        />
      )}
      <RefusalLine refusal={deed.refusal} />
      {renewing && <ManualForm member={member} renew={membership} open onClose={() => setRenewing(false)} />}
    </div>
  )
}

/** Every term that was agreed; the present one alone is told by the line itself. */
function Terms({ id }: { id: string }) {
  const { value: terms } = useReading('memberships.terms', { id })
  const voice = useVoice()
  const day = (at: string, say = sayDay) => say(Date.parse(at), deskNow(), voice)
  if (terms === null || terms.length < 2) return null
  return (
    <details className="text-13 text-ink-2">
      <summary>{words.terms(terms.length)}</summary>
      <ol className="mt-1 flex flex-col gap-1">
        {terms.map((term) => (
          <li key={term.from} className="flex flex-wrap gap-x-3">
            <span>{words.term(day(term.from), day(term.until, sayLastDay))}</span>
            <span>{words.methods[term.method]}</span>
            {term.amount !== null && <span className="figures">{sayMoney(term.amount, voice.locale)}</span>}
            {term.note !== null && <span className="text-ink-3">{term.note}</span>}
          </li>
        ))}
      </ol>
    </details>
  )
}
