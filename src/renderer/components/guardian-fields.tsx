// Who answers for somebody under age: how they are reached, and what they do.
import type { FieldFaults } from '../../preload/shapes-details.ts'
import { detailWords as words } from '../messages/details-en.ts'
import type { SetTyped, Typed } from '../state/detail-form.ts'
import { CheckLine, TextField } from './field.tsx'

const DOES = ['guardianSigns', 'guardianPays', 'guardianCalled'] as const

type Props = { typed: Typed; onType: SetTyped; faults: FieldFaults | null }

export function GuardianFields({ typed, onType, faults }: Props) {
  return (
    <fieldset className="flex flex-col gap-4 rounded-md border border-line p-4">
      <legend className="px-1 text-14 font-medium">{words.guardian}</legend>
      <p className="-mt-2 text-13 text-ink-3">{words.guardianMore}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={words.guardianName}
          aria-required
          value={typed.guardianName}
          fault={faults?.guardianName}
          onChange={({ target }) => onType({ guardianName: target.value })}
        />
        <TextField
          label={words.guardianPhone}
          type="tel"
          aria-required
          value={typed.guardianPhone}
          fault={faults?.guardianPhone}
          onChange={({ target }) => onType({ guardianPhone: target.value })}
        />
        <TextField
          label={words.guardianEmail}
          inputMode="email"
          value={typed.guardianEmail}
          fault={faults?.guardianEmail}
          onChange={({ target }) => onType({ guardianEmail: target.value })}
        />
      </div>
      <div className="-mx-2">
        {DOES.map((does) => (
          <CheckLine
            key={does}
            type="checkbox"
            label={words[does]}
            checked={typed[does]}
            onChange={({ target }) => onType({ [does]: target.checked })}
          />
        ))}
      </div>
    </fieldset>
  )
}
