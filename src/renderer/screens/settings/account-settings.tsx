// Which Stripe account is read; another one is taken over in one guided step.
import { useState } from 'react'
import type { AccountState } from '../../../preload/shapes-memberships.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { localDay, sayDay, sayLastDay } from '../../format/moments.ts'
import { salesWords as words } from '../../messages/sales-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { openMember } from '../../state/panel.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

const MONTH_MS = 30 * 86_400_000

export function AccountSettings() {
  const { value } = useReading('account.get', {})
  // One account and no other in sight: nothing to decide.
  if (value === null || (value.accounts.length < 2 && value.waiting === null)) return null
  return (
    <Section id="account" title={words.account} about={words.accountAbout}>
      <div className="flex flex-col gap-4">
        <Accounts state={value} />
        {value.waiting !== null && <Change account={value.waiting.account} />}
        {value.missing.length > 0 && (
          <div>
            <p className="mb-2 text-14 font-medium">{words.missing(value.missing.length)}</p>
            <ul className="divide-y divide-line rounded-md border border-line">
              {value.missing.map((person) => (
                <li key={person.id}>
                  <button
                    type="button"
                    onClick={() => openMember(person.id)}
                    className="flex min-h-10 w-full items-center justify-between gap-3 px-4 text-left text-14 hover:bg-hover"
                  >
                    <span className="truncate font-medium">{person.name}</span>
                    <span className="truncate text-13 text-ink-3">{person.plans.join(', ')}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Section>
  )
}

function Accounts({ state }: { state: AccountState }) {
  const voice = useVoice()
  const day = (at: string | null, say = sayDay) => (at === null ? '' : say(Date.parse(at), deskNow(), voice))
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {state.accounts.map(({ account, frozenAt, holdUntil }) => (
        <li key={account} className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 px-4 py-2 text-14">
          <span className="truncate font-mono">{account}</span>
          <span className="text-13 text-ink-3">
            {frozenAt === null ? words.inUse : words.frozen(day(frozenAt), day(holdUntil, sayLastDay))}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Change({ account }: { account: string }) {
  const voice = useVoice()
  const [until, setUntil] = useState(localDay(deskNow() + MONTH_MS, voice))
  const deed = useDeed()
  async function change(): Promise<void> {
    await deed.run('account.change', { holdUntil: until }, 'account.get', 'members.list', 'inbox.list')
  }
  return (
    <Form className="flex flex-col gap-3" onSubmit={change}>
      <Notice tone="grace">{words.waiting(account)}</Notice>
      <ol className="list-decimal pl-5 text-14 text-ink-2 marker:text-ink-3">
        {words.changeSteps.map((step) => (
          <li key={step} className="py-0.5 pl-1">
            {step}
          </li>
        ))}
      </ol>
      <TextField
        className="max-w-64"
        label={words.holdUntil}
        type="date"
        required
        value={until}
        onChange={(event) => setUntil(event.target.value)}
      />
      <RefusalLine refusal={deed.refusal} />
      <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
        {words.changeAccount}
      </Button>
    </Form>
  )
}
