// What a pause means at the doors, by its kind. Saving is also the look at those that the first import found.
import { useState } from 'react'
import type { Settings } from '../../../preload/shapes.ts'
import { CheckLine } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { frameWords } from '../../messages/frame-en.ts'
import { salesWords as words } from '../../messages/sales-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDraft } from '../../state/draft.ts'
import { useLamps } from '../../state/lamps.ts'

const KINDS = ['collection', 'requested', 'trial-end', 'system'] as const

export function PauseSettings({ settings }: { settings: Settings }) {
  const { draft: opens, change, changed } = useDraft(settings.pauseOpens)
  const [saved, setSaved] = useState(false)
  const waiting = useLamps((facts) => facts.lamps?.pausesToReview ?? 0)
  const deed = useDeed()

  async function save(): Promise<void> {
    const outcome = await deed.run('settings.set', { pauseOpens: opens }, 'settings.get', 'inbox.list', 'members.get')
    setSaved(outcome.ok)
  }

  return (
    <Section id="pauses" title={words.pauses} about={words.pausesAbout}>
      <Form onSubmit={save}>
        {waiting > 0 && <Notice tone="grace">{frameWords.pausesStrip(waiting)}</Notice>}
        <fieldset aria-label={words.pauseOpens} className="-mx-2 flex flex-col">
          <legend className="px-2 pb-1 text-13 font-medium text-ink-2">{words.pauseOpens}</legend>
          {KINDS.map((kind) => (
            <CheckLine
              key={kind}
              type="checkbox"
              checked={opens[kind]}
              onChange={(event) => change({ [kind]: event.target.checked })}
              label={words.pauseKinds[kind]}
            />
          ))}
        </fieldset>
        <SaveRow deed={deed} saved={saved} changed={changed || waiting > 0} />
      </Form>
    </Section>
  )
}
