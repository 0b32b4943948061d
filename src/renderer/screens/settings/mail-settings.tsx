// Mail: the server and who is told, a test, and what has not gone.
import { useState } from 'react'
import type { OutboxItem } from '../../../preload/shapes-mail.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { mailWords as words } from '../../messages/mail-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { MailButtons } from './mail-buttons.tsx'
import { MailServer } from './mail-server.tsx'

export function MailSettings() {
  const { value } = useReading('mail.get', {})
  const { value: items } = useReading('outbox.list', {})
  const [saved, setSaved] = useState(false)
  if (value === null) return null
  return (
    <Section id="mail" title={words.title} about={words.about}>
      <div className="flex flex-col gap-5">
        {value.demo ? (
          <Notice tone="still">{words.demo}</Notice>
        ) : (
          <>
            {value.settings === null && <Notice tone="still">{words.off}</Notice>}
            <MailServer state={value} saved={saved} onSaved={() => setSaved(true)} />
          </>
        )}
        {value.settings !== null && <TestMail />}
        {value.settings !== null && items !== null && <Outbox items={items} />}
        {value.settings !== null && <SwitchOff onOff={() => setSaved(false)} />}
      </div>
    </Section>
  )
}

function TestMail() {
  const [to, setTo] = useState('')
  const [came, setCame] = useState<{ sent: boolean; sentence: string; detail: string | null } | null>(null)
  const deed = useDeed()
  async function test(): Promise<void> {
    setCame(null)
    const outcome = await deed.run('mail.test', to.trim() === '' ? {} : { to: to.trim() })
    setCame(outcome.ok ? outcome.value : null)
  }
  return (
    <Form className="flex flex-col gap-3 border-t border-line pt-5" onSubmit={test}>
      <TextField
        className="sm:max-w-[50%]"
        label={words.testTo}
        help={words.testToHelp}
        inputMode="email"
        value={to}
        onChange={(event) => setTo(event.target.value)}
      />
      <RefusalLine refusal={deed.refusal} />
      {came !== null && (
        <Notice tone={came.sent ? 'note' : 'refused'} role={came.sent ? 'status' : 'alert'}>
          {came.sentence}
          {!came.sent && came.detail !== null && (
            <span className="block text-13 break-words text-ink-3">{came.detail}</span>
          )}
        </Notice>
      )}
      <Button type="submit" disabled={deed.busy} className="self-start">
        {deed.busy ? words.testing : words.test}
      </Button>
    </Form>
  )
}

function Outbox({ items }: { items: readonly OutboxItem[] }) {
  return (
    <div className="border-t border-line pt-5">
      <h3 className="mb-2 text-14 font-semibold">{words.undelivered}</h3>
      {items.length === 0 ? (
        <p className="text-14 text-ink-3">{words.allSent}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {items.map((item) => (
            <OutboxLine key={item.id} item={item} />
          ))}
        </ul>
      )}
    </div>
  )
}

function OutboxLine({ item: { id, action, sentence, since, member, to, detail } }: { item: OutboxItem }) {
  const deed = useDeed()
  const small = [to, detail].filter((part) => part !== null).join(' · ')
  return (
    <li data-mail className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_300px]">
          <p className="text-14">{sentence}</p>
          <p className="mt-0.5 text-13 break-words text-ink-3">
            <Moment at={since} />
            {small !== '' && ` · ${small}`}
          </p>
        </div>
        {action === null ? (
          <span className="text-13 leading-8 text-ink-3">{words.waiting}</span>
        ) : (
          <MailButtons id={id} action={action} sentence={sentence} member={member} deed={deed} />
        )}
      </div>
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}

function SwitchOff({ onOff }: { onOff: () => void }) {
  const [asked, setAsked] = useState(false)
  const deed = useDeed()
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-5">
      <RefusalLine refusal={deed.refusal} />
      {asked ? (
        <Confirm
          ask={words.switchOffAsk}
          doIt={words.switchOff}
          busy={deed.busy}
          onDo={() => {
            onOff()
            void deed.run('mail.off', {}, 'mail.get', 'outbox.list', 'inbox.list', 'desk.todo')
          }}
          onKeep={() => setAsked(false)}
        />
      ) : (
        <Button rank="danger" className="self-start" onClick={() => setAsked(true)}>
          {words.switchOff}
        </Button>
      )}
    </div>
  )
}
