// The waiver that people sign with the terms: its version, its words or where they stand.
import { useState } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import { Button } from '../../components/button.tsx'
import { TextArea, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { askedWords as words } from '../../messages/details-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDraft } from '../../state/draft.ts'
import { useReading } from '../../state/readings.ts'

export function WaiverSettings() {
  const { value, refusal } = useReading('waiver.get', {})
  // Null is an answer too: the form waits for one.
  const asked = useReading('details.asked', {}).value !== null
  return (
    <Section id="waiver" title={words.waiver} about={words.waiverAbout}>
      <RefusalLine refusal={refusal} />
      {asked && <WaiverForm stored={value} />}
    </Section>
  )
}

function fieldsOf(waiver: Reply<'waiver.get'>) {
  return { version: waiver?.version ?? '', url: waiver?.url ?? '', text: waiver?.text ?? '' }
}

function WaiverForm({ stored }: { stored: Reply<'waiver.get'> }) {
  const { draft, change, changed } = useDraft(fieldsOf(stored))
  const { version, url, text } = draft
  const [saved, setSaved] = useState(false)
  const [asked, setAsked] = useState(false)
  const deed = useDeed()

  async function save(): Promise<void> {
    const args = { version, url: url.trim() || null, text: text.trim() || null }
    const outcome = await deed.run('waiver.set', args, 'waiver.get', 'members.waiver', 'inbox.list')
    setSaved(outcome.ok)
    // As it is kept now.
    if (outcome.ok) change(fieldsOf(outcome.value))
  }
  async function stop(): Promise<void> {
    await deed.run('waiver.set', { version: null, url: null, text: null }, 'waiver.get', 'members.waiver', 'inbox.list')
    setAsked(false)
    setSaved(false)
  }

  return (
    <Form onSubmit={save}>
      <p className="text-14 text-ink-2">{stored === null ? words.noWaiver : words.inForce(stored.version)}</p>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField
          label={words.waiverVersion}
          help={words.waiverVersionHelp}
          value={version}
          onChange={({ target }) => change({ version: target.value })}
        />
        <TextField
          label={words.waiverUrl}
          inputMode="url"
          value={url}
          onChange={({ target }) => change({ url: target.value })}
        />
      </div>
      <TextArea
        label={words.waiverText}
        rows={6}
        value={text}
        onChange={({ target }) => change({ text: target.value })}
      />
      {asked ? (
        <Confirm
          ask={words.stopAsk}
          doIt={words.stop}
          busy={deed.busy}
          onDo={() => void stop()}
          onKeep={() => setAsked(false)}
        />
      ) : (
        stored !== null && (
          <Button size="small" rank="quiet" className="-ml-3 self-start" onClick={() => setAsked(true)}>
            {words.stop}
          </Button>
        )
      )}
      <SaveRow deed={deed} saved={saved} changed={changed} />
    </Form>
  )
}
