// What may be set for one reader: only what this kind of reader has.
import type { ReaderProfile, ReaderState } from '../../../preload/shapes-readers.ts'
import { CheckLine, SelectField, TextField } from '../../components/field.tsx'
import { readerWords as words } from '../../messages/readers-en.ts'

export type Settings = ReaderState['settings']

const BAUDS = [2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200] as const

type Props = { profile: ReaderProfile; settings: Settings; onChange: (settings: Settings) => void }

export function ReaderFields({ profile: { defaults }, settings, onChange }: Props) {
  const set = (change: Settings) => onChange({ ...settings, ...change })
  const now = { ...defaults, ...settings }
  return (
    <>
      {defaults.form !== undefined && (
        <SelectField
          label={words.form}
          value={now.form}
          onChange={(event) => set({ form: event.target.value as NonNullable<Settings['form']> })}
        >
          {Object.entries(words.forms).map(([form, name]) => (
            <option key={form} value={form}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {defaults.baud !== undefined && (
        <SelectField
          label={words.baud}
          value={now.baud}
          onChange={(event) => set({ baud: BAUDS.find((baud) => String(baud) === event.target.value) })}
        >
          {BAUDS.map((baud) => (
            <option key={baud} value={baud}>
              {baud}
            </option>
          ))}
        </SelectField>
      )}
      {defaults.prefix !== undefined && (
        <TextField
          label={words.prefix}
          help={words.prefixHelp}
          mono
          maxLength={40}
          value={now.prefix}
          onChange={(event) => set({ prefix: event.target.value })}
        />
      )}
      {defaults.end !== undefined && (
        <SelectField
          label={words.end}
          value={now.end}
          onChange={(event) => set({ end: event.target.value as NonNullable<Settings['end']> })}
        >
          {Object.entries(words.ends).map(([end, name]) => (
            <option key={end} value={end}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {defaults.turned !== undefined && (
        <CheckLine
          type="checkbox"
          className="-mx-2 self-center"
          label={words.turned}
          checked={now.turned ?? false}
          onChange={(event) => set({ turned: event.target.checked })}
        />
      )}
    </>
  )
}

/** What differs from how readers of this kind are, in a few words. */
export function saySettings({ form, baud, prefix, end, turned }: Settings): string {
  return [
    form === undefined ? '' : (words.forms[form] ?? form),
    prefix ? words.set.prefix(prefix) : '',
    end === undefined ? '' : (words.ends[end] ?? ''),
    turned ? words.set.turned : '',
    baud === undefined ? '' : words.set.baud(baud),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
