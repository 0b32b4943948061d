// Where a device at a door is, as options of a command.
import fs from 'node:fs'
import type { Args } from '../../preload/contract.ts'
import { given, text, type Values } from './command.ts'

export const WHERE = {
  address: { type: 'string' },
  serial: { type: 'string' },
  'board-door': { type: 'string' },
  listener: { type: 'string' },
  broker: { type: 'string' },
  ca: { type: 'string' },
  topic: { type: 'string' },
  url: { type: 'string' },
} as const
export const WHERE_HELP =
  '[--address HOST:PORT --serial N --board-door 1..4 --listener PORT] [--broker URL|own --ca FILE --topic T --address IP] [--url URL]'

/** A sentence where a file cannot be read; everything else the desk looks at. */
export function whereOf(values: Values): Omit<Args<'doors.setDevice'>, 'id'> | string {
  const { serial, 'board-door': output, listener, ca, address, broker, topic, url } = values
  const certificate = text(ca) === undefined ? undefined : textOfFile(text(ca) ?? '')
  if (certificate === null) return `${text(ca)} cannot be read: give --ca the file of a certificate.`
  return given({
    serial: numberOf(text(serial)),
    output: numberOf(text(output)),
    listener: numberOf(text(listener)),
    ca: certificate,
    address: text(address),
    broker: text(broker),
    topic: text(topic),
    url: text(url),
  })
}

/** Undefined where nothing was said, 0 where it is no number: then the desk says what is asked for. */
function numberOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  return /^\d{1,10}$/.test(value) ? Number(value) : 0
}

function textOfFile(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
