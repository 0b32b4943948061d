// A mail to all of them, from a text that the space keeps or one of their own; beside it how it looks for the first.
import { useEffect, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { SelectField, TextArea, TextField } from '../../../components/field.tsx'
import { Form } from '../../../components/form.tsx'
import { RefusalLine } from '../../../components/notice.tsx'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import { useDeed } from '../../../state/deed.ts'
import { useLateAbout } from '../../../state/late-about.ts'
import { call } from '../../../state/link.ts'
import { useReading, useSteadyReading } from '../../../state/readings.ts'
import { linesOf } from './ask.tsx'
import type { ActionProps } from './dialog-props.ts'
import { mailOutcome } from './link.tsx'

/** Nobody types on in that. */
const SETTLED_MS = 350

export function MailDialog({ rows, onActed, onClose }: ActionProps) {
  const about = useLateAbout(rows)
  const { value: templates } = useReading('late.templates', {})
  const [chosen, setChosen] = useState<string | null>(null)
  const [typed, setTyped] = useState<{ subject: string; text: string } | null>(null)
  const deed = useDeed()
  const first = templates?.[0]
  const name = chosen ?? first?.name ?? ''
  const begun = templates?.find((one) => one.name === name)
  const mail = typed ?? { subject: begun?.subject ?? '', text: begun?.text ?? '' }
  const change = (part: Partial<typeof mail>) => setTyped({ ...mail, ...part })

  async function send(): Promise<void> {
    const outcome = await deed.run('late.mail', { lines: linesOf(rows), ...mail })
    if (!outcome.ok) return
    const say = (people: string[]) => words.mailDone(about.people(people))
    onActed(mailOutcome(outcome.value, say, (lines) => call('late.mail', { lines, ...mail, again: true })))
  }
  return (
    <Dialog open locked wide onClose={onClose} title={words.mailTitle(about.people())} about={words.mailAbout}>
      <Form onSubmit={send}>
        <SelectField
          label={words.template}
          value={name}
          onChange={(event) => {
            setChosen(event.target.value)
            setTyped(event.target.value === '' ? { subject: '', text: '' } : null)
          }}
        >
          {templates?.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name}
            </option>
          ))}
          <option value="">{words.ownText}</option>
        </SelectField>
        <TextField
          label={words.subject}
          required
          maxLength={200}
          value={mail.subject}
          onChange={(event) => change({ subject: event.target.value })}
        />
        <TextArea
          label={words.text}
          required
          rows={8}
          maxLength={4_000}
          value={mail.text}
          onChange={(event) => change({ text: event.target.value })}
        />
        <Preview line={rows[0]?.id ?? ''} mail={mail} />
        <RefusalLine refusal={deed.refusal} />
        <div className="flex flex-wrap items-start gap-2">
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {words.linkDo(about.people())}
          </Button>
          <Keep key={name} name={name} mail={mail} isKept={begun !== undefined} onKept={setChosen} />
        </div>
      </Form>
    </Dialog>
  )
}

type Mail = { subject: string; text: string }

function Preview({ line, mail }: { line: string; mail: Mail }) {
  const [settled, setSettled] = useState(mail)
  const { subject, text } = mail
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ subject, text }), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [subject, text])
  const isEmpty = settled.subject.trim() === '' || settled.text.trim() === ''
  const { value, refusal } = useSteadyReading('late.preview', isEmpty ? null : { line, ...settled })
  if (refusal !== null) return <RefusalLine refusal={refusal} />
  if (value === null || isEmpty) return null
  return (
    <section aria-label={words.preview(value.name)} className="rounded-md border border-line bg-sunken p-4">
      <p className="text-13 text-ink-3">
        {words.preview(value.name)} · {value.to === null ? words.noAddress : words.previewTo(value.to)}
      </p>
      <p className="mt-2 text-14 font-semibold [overflow-wrap:anywhere]">{value.subject}</p>
      <p className="mt-1 text-14 whitespace-pre-line [overflow-wrap:anywhere]">{value.text}</p>
    </section>
  )
}

type KeepProps = { name: string; mail: Mail; isKept: boolean; onKept: (name: string | null) => void }

function Keep({ name, mail, isKept, onKept }: KeepProps) {
  const [open, setOpen] = useState(false)
  const [as, setAs] = useState(name)
  const deed = useDeed()
  async function keep(): Promise<void> {
    const outcome = await deed.run('late.keepTemplate', { name: as, ...mail }, 'late.templates')
    if (outcome.ok) onKept(as.trim())
  }
  async function drop(): Promise<void> {
    const outcome = await deed.run('late.dropTemplate', { name }, 'late.templates')
    if (outcome.ok) onKept(null)
  }
  if (!open)
    return (
      <Button rank="quiet" onClick={() => setOpen(true)}>
        {words.keepFor}
      </Button>
    )
  return (
    <div className="flex basis-full flex-wrap items-end gap-2">
      <TextField
        label={words.keepAs}
        autoFocus
        maxLength={200}
        value={as}
        // It would send the mail.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        onChange={(event) => setAs(event.target.value)}
        className="min-w-40 flex-1"
      />
      <Button disabled={deed.busy || as.trim() === ''} onClick={() => void keep()}>
        {words.keep}
      </Button>
      {isKept && (
        <Button rank="quiet" disabled={deed.busy} onClick={() => void drop()}>
          {words.drop(name)}
        </Button>
      )}
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}
