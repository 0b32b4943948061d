// The space's name and its time zone.
import { useEffect, useId, useState } from 'react'
import type { Settings } from '../../../preload/shapes.ts'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { settingWords } from '../../messages/settings-en.ts'
import { useDeed } from '../../state/deed.ts'

const ZONES = Intl.supportedValuesOf('timeZone')

export function SpaceSettings({ settings }: { settings: Settings }) {
  const [spaceName, setSpaceName] = useState(settings.spaceName)
  const [timeZone, setTimeZone] = useState(settings.timeZone)
  const [saved, setSaved] = useState(false)
  const zones = useId()
  const deed = useDeed()
  // Somebody else may have changed them: nothing older is saved over that.
  useEffect(() => setSpaceName(settings.spaceName), [settings.spaceName])
  useEffect(() => setTimeZone(settings.timeZone), [settings.timeZone])
  const changed = spaceName !== settings.spaceName || timeZone !== settings.timeZone

  async function save(): Promise<void> {
    const outcome = await deed.run('settings.set', { spaceName, timeZone }, 'settings.get', 'desk.get')
    setSaved(outcome.ok)
    if (!outcome.ok) return
    setSpaceName(outcome.value.spaceName)
    setTimeZone(outcome.value.timeZone)
  }

  return (
    <Section title={settingWords.space} about={settingWords.spaceAbout} id="space">
      <Form onSubmit={save}>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <TextField
            label={settingWords.spaceName}
            value={spaceName}
            onChange={(event) => setSpaceName(event.target.value)}
          />
          <TextField
            label={settingWords.timeZone}
            help={settingWords.timeZoneHelp}
            list={zones}
            value={timeZone}
            onChange={(event) => setTimeZone(event.target.value)}
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
