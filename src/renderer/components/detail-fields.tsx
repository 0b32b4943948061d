// The fields of a person: those that the space asks for, the rest behind "More details", and a guardian for a minor. What
// cannot stay so is said beside its field, and the first such field takes the keyboard.
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { AskedDetails, FieldFaults } from '../../preload/shapes-details.ts'
import { detailWords as words } from '../messages/details-en.ts'
import { type SetTyped, type Typed, useStanding } from '../state/detail-form.ts'
import { useReading } from '../state/readings.ts'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { TextArea, TextField } from './field.tsx'
import { GuardianFields } from './guardian-fields.tsx'

type Kind = keyof AskedDetails['kinds']
const KINDS: readonly Kind[] = ['email', 'phone', 'emergency', 'birthDate', 'company', 'heard', 'notes']

/** `said`: what the desk said of the form as it was sent. `without`: kinds that are asked elsewhere. `allOpen`: nothing is hidden. */
type Props = {
  asked: AskedDetails
  typed: Typed
  onType: SetTyped
  said: FieldFaults | null
  without?: readonly Kind[]
  allOpen?: boolean
  children?: ReactNode
}

export function DetailFields({ asked, typed, onType, said, without = [], allOpen = false, children }: Props) {
  const [open, setOpen] = useState(allOpen)
  const place = useRef<HTMLDivElement>(null)
  const faults = useStanding(said, typed)
  const { birthDate } = typed
  const minor = useReading('details.isMinor', birthDate === '' ? null : { birthDate }).value?.isMinor ?? false
  const shown = KINDS.filter((kind) => !without.includes(kind) && asked.kinds[kind] !== 'off')
  const behind = shown.filter((kind) => asked.kinds[kind] === 'more')
  const hidesFault = !open && behind.some((kind) => fieldsOf(kind).some((field) => faults?.[field] !== undefined))

  useEffect(() => {
    if (hidesFault) setOpen(true)
    else if (said !== null) place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [said, hidesFault])

  const fields = (kinds: readonly Kind[]) => (
    <div className="grid gap-4 sm:grid-cols-2">
      {kinds.map((kind) => (
        <KindFields key={kind} kind={kind} asked={asked} typed={typed} onType={onType} faults={faults} />
      ))}
    </div>
  )
  return (
    <div ref={place} className="flex flex-col gap-4">
      {children}
      {fields(shown.filter((kind) => asked.kinds[kind] !== 'more'))}
      {behind.length > 0 && !allOpen && (
        <Button rank="quiet" className="-ml-4 self-start" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronDown className={cx('size-4', open && 'rotate-180')} />
          {open ? words.less : words.more}
        </Button>
      )}
      {open && behind.length > 0 && fields(behind)}
      {(minor || said?.guardianName !== undefined || said?.guardianPhone !== undefined) && (
        <GuardianFields typed={typed} onType={onType} faults={faults} />
      )}
    </div>
  )
}

function fieldsOf(kind: Kind): (keyof FieldFaults)[] {
  return kind === 'emergency' ? ['emergencyName', 'emergencyPhone'] : [kind]
}

type KindProps = { kind: Kind; asked: AskedDetails; typed: Typed; onType: SetTyped; faults: FieldFaults | null }

function KindFields({ kind, asked, typed, onType, faults }: KindProps) {
  const needed = asked.kinds[kind] === 'required'
  switch (kind) {
    case 'email':
      return (
        <TextField
          label={needed ? words.emailNeeded : words.email}
          inputMode="email"
          help={needed ? undefined : words.noEmail}
          aria-required={needed}
          value={typed.email}
          fault={faults?.email}
          onChange={({ target }) => onType({ email: target.value })}
        />
      )
    case 'emergency':
      return (
        <div className="grid gap-4 sm:col-span-2 sm:grid-cols-2">
          <TextField
            label={words.emergencyName}
            aria-required={needed}
            value={typed.emergencyName}
            fault={faults?.emergencyName}
            onChange={({ target }) => onType({ emergencyName: target.value })}
          />
          <TextField
            label={words.emergencyPhone}
            type="tel"
            aria-required={needed}
            value={typed.emergencyPhone}
            fault={faults?.emergencyPhone}
            onChange={({ target }) => onType({ emergencyPhone: target.value })}
          />
        </div>
      )
    case 'notes':
      return (
        <TextArea
          label={words.notes}
          className="sm:col-span-2"
          aria-required={needed}
          value={typed.notes}
          fault={faults?.notes}
          onChange={({ target }) => onType({ notes: target.value })}
        />
      )
    case 'phone':
    case 'birthDate':
    case 'company':
    case 'heard':
      return (
        <TextField
          label={words[kind]}
          type={kind === 'phone' ? 'tel' : kind === 'birthDate' ? 'date' : 'text'}
          aria-required={needed}
          value={typed[kind]}
          fault={faults?.[kind]}
          onChange={({ target }) => onType({ [kind]: target.value })}
        />
      )
  }
}
