// Which door something is for: one, or none in particular.
import { useReading } from '../state/readings.ts'
import { SelectField } from './field.tsx'

type Props = {
  label: string
  /** What it means where no door is chosen. */
  none: string
  chosen: string | null
  onChoose: (door: string | null) => void
}

export function DoorSelect({ label, none, chosen, onChoose }: Props) {
  const doors = useReading('doors.list', {}).value ?? []
  return (
    <SelectField label={label} value={chosen ?? ''} onChange={({ target }) => onChoose(target.value || null)}>
      <option value="">{none}</option>
      {doors.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
