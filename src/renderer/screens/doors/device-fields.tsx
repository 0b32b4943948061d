// How a device of each make is reached, as whoever installs it reads it off a label or a router.
import type { Args } from '../../../preload/contract.ts'
import { SelectField, TextField } from '../../components/field.tsx'
import { deviceWords as words } from '../../messages/devices-en.ts'

export type Driver = keyof typeof words.kinds
export type Where = {
  address?: string
  serial?: string
  output?: string
  broker?: string
  topic?: string
  url?: string
}

/** What the contract takes of it; what is missing or wrong, the desk says. */
export function deviceArgs(driver: Driver, where: Where): Partial<Args<'doors.add'>> {
  const said = (key: keyof Where) => {
    const text = where[key]?.trim()
    return text === undefined || text === '' ? {} : { [key]: text }
  }
  switch (driver) {
    case 'native':
      return {}
    case 'uhppote': {
      const serial = Number(where.serial)
      return { ...said('address'), output: Number(where.output ?? 1), ...(Number.isFinite(serial) ? { serial } : {}) }
    }
    case 'esp-rfid':
      return { ...said('broker'), ...said('topic'), ...said('address') }
    case 'relay':
      return said('url')
  }
}

type Props = { driver: Driver; where: Where; onChange: (where: Where) => void }

export function DeviceFields({ driver, where, onChange }: Props) {
  const field = (key: keyof Where, label: string, help?: string) => (
    <TextField
      label={label}
      help={help}
      required
      value={where[key] ?? ''}
      onChange={(event) => onChange({ ...where, [key]: event.target.value })}
    />
  )
  switch (driver) {
    case 'native':
      return null
    case 'uhppote':
      return (
        <>
          {field('address', words.address, words.addressHelp)}
          <div className="grid grid-cols-2 gap-4">
            {field('serial', words.serial, words.serialHelp)}
            <SelectField
              label={words.output}
              value={where.output ?? '1'}
              onChange={(event) => onChange({ ...where, output: event.target.value })}
            >
              {['1', '2', '3', '4'].map((output) => (
                <option key={output}>{output}</option>
              ))}
            </SelectField>
          </div>
        </>
      )
    case 'esp-rfid':
      return (
        <>
          {field('broker', words.broker, words.brokerHelp)}
          <div className="grid grid-cols-2 gap-4">
            {field('topic', words.topic)}
            {field('address', words.box)}
          </div>
        </>
      )
    case 'relay':
      return field('url', words.url, words.urlHelp)
  }
}
