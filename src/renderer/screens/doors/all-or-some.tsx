// Everything, or only what is ticked.
import { useId } from 'react'
import { CheckLine } from '../../components/field.tsx'

type Props = {
  legend: string
  all: string
  some: string
  isAll: boolean
  onAll: (all: boolean) => void
  choices?: readonly { id: string; name: string }[]
  chosen?: readonly string[]
  onChoose?: (ids: string[]) => void
}

export function AllOrSome({ legend, all, some, isAll, onAll, choices = [], chosen = [], onChoose }: Props) {
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-medium text-ink-2">{legend}</legend>
      <div className="-mx-2 flex flex-wrap gap-x-4">
        <CheckLine type="radio" name={name} checked={isAll} onChange={() => onAll(true)} label={all} />
        <CheckLine type="radio" name={name} checked={!isAll} onChange={() => onAll(false)} label={some} />
      </div>
      {!isAll && (
        <div className="ml-6 flex flex-wrap gap-x-4">
          {choices.map((one) => (
            <CheckLine
              key={one.id}
              type="checkbox"
              checked={chosen.includes(one.id)}
              onChange={({ target }) =>
                onChoose?.(target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))
              }
              label={one.name}
            />
          ))}
        </div>
      )}
    </fieldset>
  )
}
