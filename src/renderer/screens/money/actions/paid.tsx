// Marks them as paid, one after the other. It cannot be taken back, so it is asked twice, with amounts and people.
import { useRef, useState } from 'react'
import type { Acted } from '../../../../preload/shapes-late.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { SelectField, TextField } from '../../../components/field.tsx'
import { Form } from '../../../components/form.tsx'
import { Confirm } from '../../../components/two-step.tsx'
import { sayCount, sayMoney } from '../../../format/money.ts'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import { useLateAbout } from '../../../state/late-about.ts'
import { call } from '../../../state/link.ts'
import { useVoice } from '../../../state/voice.ts'
import type { ActionProps } from './dialog-props.ts'

type How = keyof typeof words.hows
const HOWS: readonly How[] = ['transfer', 'other']

export function PaidDialog({ rows, onActed, onClose }: ActionProps) {
  const { locale } = useVoice()
  const about = useLateAbout(rows)
  const [how, setHow] = useState<How>('transfer')
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const [at, setAt] = useState<number | null>(null)
  const stopped = useRef(false)

  async function mark(): Promise<void> {
    const acted: Acted = { act: null, done: [], not: [] }
    for (const [index, { id, amount, dueAt, member }] of rows.entries()) {
      if (stopped.current) break
      setAt(index)
      const outcome = await call('late.paid', { lines: [{ id, amount, due: dueAt }], how, text })
      if (outcome.ok) {
        acted.done.push(...outcome.value.done)
        acted.not.push(...outcome.value.not)
      } else acted.not.push({ line: id, member, sentence: outcome.refusal.sentence, again: false })
    }
    const sum = about.sum(acted.done.map(({ line }) => line))
    onActed({ words: words.paidDone(about.payments(acted.done.length), sum), acted, again: null })
  }
  /** What was begun is waited for, so that it can be told how it went. */
  const leave = () => {
    if (at === null) onClose()
    stopped.current = true
  }

  const names = words.names(rows[0]?.member.name ?? '', new Set(rows.map(({ member }) => member.id)).size - 1)
  return (
    <Dialog open locked onClose={leave} title={words.paidTitle(about.payments(), about.sum())} about={words.paidAbout}>
      <Form
        onSubmit={async () => {
          if (at === null) setAsked(true)
        }}
      >
        <ul className="figures max-h-48 divide-y divide-line overflow-y-auto rounded-md border border-line text-14">
          {rows.map(({ id, member, plan, amount }) => (
            <li key={id} className="flex items-baseline justify-between gap-3 px-3 py-1.5">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {member.name} <span className="text-13 text-ink-3">{plan}</span>
              </span>
              <span className="whitespace-nowrap">{sayMoney(amount, locale)}</span>
            </li>
          ))}
        </ul>
        <SelectField
          label={words.how}
          value={how}
          disabled={asked}
          onChange={(event) => setHow(HOWS.find((one) => one === event.target.value) ?? 'transfer')}
        >
          {HOWS.map((one) => (
            <option key={one} value={one}>
              {words.hows[one]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={how === 'transfer' ? words.reference : words.howText}
          maxLength={200}
          required={how === 'other'}
          disabled={asked}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {at !== null ? (
          <Going at={at} rows={rows} onStop={leave} />
        ) : asked ? (
          <Confirm
            ask={words.paidAsk(names, about.sum())}
            doIt={words.paidDo(about.payments(), about.sum())}
            keep={words.paidNotYet}
            busy={false}
            onDo={() => void mark()}
            onKeep={() => setAsked(false)}
          />
        ) : (
          <Button rank="primary" type="submit" className="self-start">
            {words.paidNext(about.payments())}
          </Button>
        )}
      </Form>
    </Dialog>
  )
}

function Going({ at, rows, onStop }: { at: number; rows: ActionProps['rows']; onStop: () => void }) {
  const { locale } = useVoice()
  const [stopping, setStopping] = useState(false)
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="figures text-14">
        {words.paidGoing(sayCount(at + 1, locale), sayCount(rows.length, locale), rows[at]?.member.name ?? '')}
      </p>
      <progress
        aria-label={words.actions.paid}
        max={rows.length}
        value={at}
        className="h-2 w-full accent-(--accent-fill)"
      />
      <Button
        disabled={stopping || at === rows.length - 1}
        className="self-start"
        onClick={() => {
          setStopping(true)
          onStop()
        }}
      >
        {words.paidStop}
      </Button>
    </div>
  )
}
