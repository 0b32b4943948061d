// The space's name and its time zone.
import { useId, useState } from 'react'
import type { Settings } from '../../../preload/shapes.ts'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { settingWords } from '../../messages/settings-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDraft } from '../../state/draft.ts'

const ZONES = Intl.supportedValuesOf('timeZone')

export function SpaceSettings({ settings }: { settings: Settings }) {
  const { draft, change, changed } = useDraft({ spaceName: settings.spaceName, timeZone: settings.timeZone })
  const [saved, setSaved] = useState(false)
  const zones = useId()
  const deed = useDeed()

  async function save(): Promise<void> {
    const outcome = await deed.run('settings.set', draft, 'settings.get', 'desk.get')
    setSaved(outcome.ok)
    // Without the spaces around it.
    if (outcome.ok) change({ spaceName: outcome.value.spaceName, timeZone: outcome.value.timeZone })
  }

  return (
    <Section title={settingWords.space} about={settingWords.spaceAbout} id="space">
      <Form onSubmit={save}>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <TextField
            label={settingWords.spaceName}
            value={draft.spaceName}
            onChange={(event) => change({ spaceName: event.target.value })}
          />
          <TextField
            label={settingWords.timeZone}
            help={settingWords.timeZoneHelp}
            list={zones}
            value={draft.timeZone}
            onChange={(event) => change({ timeZone: event.target.value })}
          />
        </div>
        <datalist id={zones}>
          {ZONES.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <SaveRow deed={deed} saved={saved} changed={changed} />
      </Form>
    </Section>
  )
}
