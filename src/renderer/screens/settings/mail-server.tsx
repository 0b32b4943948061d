// The form of the mail server: where it is, who we are to it, and which of staff get a note.
import { useState } from 'react'
import type { MailState } from '../../../preload/shapes-mail.ts'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { mailWords as words } from '../../messages/mail-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDraft } from '../../state/draft.ts'

const SECURITIES = ['starttls', 'tls', 'none'] as const

function fieldsOf(settings: MailState['settings']) {
  return {
    host: settings?.host ?? '',
    port: String(settings?.port ?? words.ports.starttls),
    security: settings?.security ?? 'starttls',
    user: settings?.user ?? '',
    senderName: settings?.senderName ?? '',
    senderAddress: settings?.senderAddress ?? '',
    staff: settings?.staff.join(', ') ?? '',
  }
}

type Props = { state: MailState; saved: boolean; onSaved: () => void }

export function MailServer({ state: { settings, hasPassword }, saved, onSaved }: Props) {
  const { draft: form, change: set, changed } = useDraft(fieldsOf(settings))
  const [password, setPassword] = useState('')
  const deed = useDeed()

  async function save(): Promise<void> {
    const { port, user, staff, ...rest } = form
    const args = {
      ...rest,
      port: Number(port),
      user: user.trim() || null,
      staff: staff.split(/[,;\s]+/).filter((address) => address !== ''),
      ...(password === '' ? {} : { password }),
    }
    const outcome = await deed.run('mail.set', args, 'mail.get', 'outbox.list')
    if (!outcome.ok) return
    // As it is kept now.
    set(fieldsOf(outcome.value.settings))
    setPassword('')
    onSaved()
  }

  return (
    <Form onSubmit={save}>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField
          label={words.server}
          placeholder={words.serverHint}
          mono
          required
          value={form.host}
          onChange={(event) => set({ host: event.target.value })}
        />
        <div className="grid grid-cols-[1fr_96px] gap-4">
          <SelectField
            label={words.security}
            value={form.security}
            onChange={(event) => {
              const security = SECURITIES.find((one) => one === event.target.value) ?? 'starttls'
              // A port of somebody's own stays.
              const usual = form.port === words.ports[form.security]
              set({ security, ...(usual ? { port: words.ports[security] } : {}) })
            }}
          >
            {SECURITIES.map((one) => (
              <option key={one} value={one}>
                {words.securities[one]}
              </option>
            ))}
          </SelectField>
          <TextField
            label={words.port}
            type="number"
            min={1}
            max={65_535}
            required
            value={form.port}
            onChange={(event) => set({ port: event.target.value })}
          />
        </div>
        <TextField
          label={words.user}
          help={words.userHelp}
          value={form.user}
          onChange={(event) => set({ user: event.target.value })}
        />
        <TextField
          label={words.password}
          help={hasPassword ? words.passwordKept : words.passwordHelp}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <TextField
          label={words.senderName}
          value={form.senderName}
          onChange={(event) => set({ senderName: event.target.value })}
        />
        <TextField
          label={words.senderAddress}
          help={words.senderHelp}
          inputMode="email"
          required
          value={form.senderAddress}
          onChange={(event) => set({ senderAddress: event.target.value })}
        />
        <TextField
          className="sm:col-span-2"
          label={words.staff}
          help={words.staffHelp}
          value={form.staff}
          onChange={(event) => set({ staff: event.target.value })}
        />
      </div>
      <SaveRow deed={deed} saved={saved} changed={changed || password !== ''} />
    </Form>
  )
}
