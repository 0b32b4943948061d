// The Stripe key: where it comes from, and a field to put in another. It is never shown again.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { settingWords } from '../../messages/settings-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useLamps } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'

export function StripeSettings() {
  const { value: secret } = useReading('secret.state', {})
  const trouble = useLamps((facts) => facts.lamps?.sync.error)
  return (
    <Section
      id="stripe"
      title={settingWords.stripe}
      about={settingWords.stripeAbout}
      aside={
        secret?.mode && (
          <span className="rounded-full bg-still-soft px-2.5 text-13 leading-6 font-medium text-still-ink">
            {settingWords.modes[secret.mode]}
          </span>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {trouble && <Notice tone="grace">{trouble}</Notice>}
        {secret !== null && <Notice tone="still">{settingWords.sources[secret.source]}</Notice>}
        {(secret?.source === 'store' || secret?.source === 'none') && <KeyForm />}
      </div>
    </Section>
  )
}

function KeyForm() {
  const [key, setKey] = useState('')
  const [taken, setTaken] = useState(false)
  const deed = useDeed()

  async function save(): Promise<void> {
    const outcome = await deed.run('secret.setStripe', { key: key.trim() }, 'secret.state', 'desk.status')
    setTaken(outcome.ok)
    if (outcome.ok) setKey('')
  }

  return (
    <Form onSubmit={save}>
      <TextField
        label={settingWords.keyLabel}
        help={settingWords.keyHelp}
        type="password"
        autoComplete="off"
        mono
        required
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <RefusalLine refusal={deed.refusal} />
      {taken && (
        <p role="status" className="text-14 text-granted-ink">
          {settingWords.keyTaken}
        </p>
      )}
      <div>
        <Button rank="primary" type="submit" disabled={deed.busy}>
          {settingWords.keyButton}
        </Button>
      </div>
    </Form>
  )
}
