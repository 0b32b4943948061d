// What somebody new is called, in one field or two.
import { TextField } from '../../components/field.tsx'
import { detailWords as words } from '../../messages/details-en.ts'
import type { SetTyped, Typed } from '../../state/detail-form.ts'

type Props = { two: boolean; typed: Typed; onType: SetTyped; fault: string | undefined }

export function NameFields({ two, typed, onType, fault }: Props) {
  const first = (
    <TextField
      label={two ? words.firstName : words.name}
      aria-required
      value={typed.name}
      fault={fault}
      onChange={({ target }) => onType({ name: target.value })}
    />
  )
  if (!two) return first
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {first}
      <TextField
        label={words.lastName}
        value={typed.lastName}
        onChange={({ target }) => onType({ lastName: target.value })}
      />
    </div>
  )
}
