// A backup now, and the secret of webhooks for those who have a tunnel.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { sayBytes } from '../../format/money.ts'
import { salesWords as words } from '../../messages/sales-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

export function BackupSettings() {
  const { value: suggested } = useReading('backup.suggest', {})
  const [typed, setTyped] = useState<string | null>(null)
  const [made, setMade] = useState<{ file: string; bytes: number } | null>(null)
  const [secret, setSecret] = useState('')
  const [taken, setTaken] = useState(false)
  const backup = useDeed()
  const webhook = useDeed()
  const { locale } = useVoice()
  const file = typed ?? suggested?.file ?? ''

  async function makeBackup(): Promise<void> {
    const outcome = await backup.run('backup.make', { file: file.trim() }, 'backup.suggest')
    setMade(outcome.ok ? outcome.value : null)
  }
  async function takeSecret(): Promise<void> {
    const outcome = await webhook.run('secret.setWebhook', { secret: secret.trim() })
    setTaken(outcome.ok)
    if (outcome.ok) setSecret('')
  }

  return (
    <Section id="backup" title={words.backup} about={words.backupAbout}>
      <div className="flex flex-col gap-6">
        <Form className="flex flex-col gap-3" onSubmit={makeBackup}>
          <TextField
            label={words.backupFile}
            help={words.backupHelp}
            mono
            required
            value={file}
            onChange={(event) => setTyped(event.target.value)}
          />
          <RefusalLine refusal={backup.refusal} />
          {made !== null && (
            <p role="status" className="text-14 break-all text-granted-ink">
              {words.backupMade(made.file, sayBytes(made.bytes, locale))}
            </p>
          )}
          <Button type="submit" disabled={backup.busy} className="self-start">
            {words.backupNow}
          </Button>
        </Form>
        <Form className="flex flex-col gap-3 border-t border-line pt-5" onSubmit={takeSecret}>
          <TextField
            label={words.webhook}
            help={words.webhookHelp}
            type="password"
            mono
            required
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
          <RefusalLine refusal={webhook.refusal} />
          {taken && (
            <p role="status" className="text-14 text-granted-ink">
              {words.webhookTaken}
            </p>
          )}
          <Button type="submit" disabled={webhook.busy} className="self-start">
            {words.webhookTake}
          </Button>
        </Form>
      </div>
    </Section>
  )
}
