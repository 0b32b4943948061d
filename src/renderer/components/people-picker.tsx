// Several people: those chosen so far, and a search for one more.
import { X } from 'lucide-react'
import { frameWords } from '../messages/frame-en.ts'
import type { Search } from '../state/search.ts'
import { IconButton } from './button.tsx'
import { PersonSearch } from './person-search.tsx'

type Person = { id: string; name: string }

type Props = {
  search: Search
  label: string
  nobody: (text: string) => string
  remove: (name: string) => string
  chosen: readonly Person[]
  onChange: (people: Person[]) => void
}

export function PeoplePicker({ search, label, nobody, remove, chosen, onChange }: Props) {
  return (
    <div className="flex flex-col gap-2">
      {chosen.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {chosen.map(({ id, name }) => (
            <li
              key={id}
              className="flex items-center rounded-full bg-still-soft pl-3 text-13 font-medium text-still-ink"
            >
              {name}
              <IconButton label={remove(name)} onClick={() => onChange(chosen.filter((one) => one.id !== id))}>
                <X className="size-4" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <PersonSearch
        search={search}
        floating={false}
        label={label}
        hint={label}
        found={frameWords.searchFound}
        nobody={nobody}
        onTake={({ id, name }) => {
          if (!chosen.some((one) => one.id === id)) onChange([...chosen, { id, name }])
        }}
      />
    </div>
  )
}
