// How single values stand in a message of a UHPPOTE board: little-endian numbers, and dates and times in BCD without a zone.

/** `take` answers null where the bytes cannot be such a value. */
export type Field<T> = { put(message: Buffer, value: T): void; take(message: Buffer): T | null }

/** Minutes of the day as HH:MM; both belong to it (uhppote-simulator, actions.go). */
export type ClockSpan = readonly [from: string, to: string]
export type DoorMode = 'normally-open' | 'normally-closed' | 'controlled'

const MODES: readonly DoorMode[] = ['normally-open', 'normally-closed', 'controlled']
/** What has to stand before an order that must not come about by chance. */
const MAGIC = 0x55aa_aa55
const SPANS = 3

export const u8 = (at: number): Field<number> => ({
  put: (message, value) => void message.writeUInt8(value, at),
  take: (message) => message.readUInt8(at),
})

export const u8s = (at: number, count: number): Field<readonly number[]> => ({
  put: (message, values) => void message.set(values.slice(0, count), at),
  take: (message) => [...message.subarray(at, at + count)],
})

export const u16 = (at: number): Field<number> => ({
  put: (message, value) => void message.writeUInt16LE(value, at),
  take: (message) => message.readUInt16LE(at),
})

export const u24 = (at: number): Field<number> => ({
  put: (message, value) => void message.writeUIntLE(value, at, 3),
  take: (message) => message.readUIntLE(at, 3),
})

export const u32 = (at: number): Field<number> => ({
  put: (message, value) => void message.writeUInt32LE(value, at),
  take: (message) => message.readUInt32LE(at),
})

export const flag = (at: number): Field<boolean> => ({
  put: (message, value) => void message.writeUInt8(value ? 1 : 0, at),
  take: (message) => message.readUInt8(at) === 1,
})

export const flags = (at: number, count: number): Field<readonly boolean[]> => ({
  put: (message, values) => values.slice(0, count).forEach((value, n) => void flag(at + n).put(message, value)),
  take: (message) => Array.from({ length: count }, (_, n) => message.readUInt8(at + n) === 1),
})

export const ip = (at: number): Field<string> => ({
  put: (message, value) => void message.set(value.split('.').map(Number), at),
  take: (message) => message.subarray(at, at + 4).join('.'),
})

export const hex = (at: number, bytes: number): Field<string> => ({
  put: (message, value) => void message.write(value, at, bytes, 'hex'),
  take: (message) => message.toString('hex', at, at + bytes),
})

/** Two decimal digits a byte. */
export const digits = (at: number, bytes: number): Field<string> => ({
  ...hex(at, bytes),
  take(message) {
    const text = message.toString('hex', at, at + bytes)
    return /^\d+$/.test(text) ? text : null
  },
})

/** YYYY-MM-DD, or nothing where the board has none. Whether the calendar has such a day is not asked: a board keeps any. */
export const date = (at: number): Field<string> =>
  punctuated(digits(at, 4), (text) => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`)

/** YYYY-MM-DDTHH:MM:SS, or nothing. */
export const moment = (at: number): Field<string> => punctuated(digits(at, 7), withMarks)

/** The board's own clock in a status: the time, and elsewhere the day with two digits of the year. */
export function clock(time: number, day: number): Field<string> {
  const [times, days] = [digits(time, 3), digits(day, 3)]
  const whole: Field<string> = {
    put(message, value) {
      days.put(message, value.slice(2, 8))
      times.put(message, value.slice(8))
    },
    take(message) {
      const [taken, at] = [days.take(message), times.take(message)]
      if (taken === null || at === null) return null
      return Number(taken) === 0 ? '0'.repeat(14) : `20${taken}${at}`
    },
  }
  return punctuated(whole, withMarks)
}

export const clockSpans = (at: number): Field<readonly ClockSpan[]> => ({
  put(message, spans) {
    for (const [n, span] of spans.slice(0, SPANS).entries())
      for (const [end, text] of span.entries()) digits(at + 4 * n + 2 * end, 2).put(message, text.replace(':', ''))
  },
  take(message) {
    const ends = Array.from({ length: 2 * SPANS }, (_, n) => digits(at + 2 * n, 2).take(message))
    if (ends.includes(null)) return null
    const texts = ends.map((text) => `${text?.slice(0, 2)}:${text?.slice(2)}`)
    return Array.from({ length: SPANS }, (_, n) => [texts[2 * n] ?? '', texts[2 * n + 1] ?? ''] as const)
  },
})

export const mode = (at: number): Field<DoorMode> => ({
  put: (message, value) => void message.writeUInt8(MODES.indexOf(value) + 1, at),
  take: (message) => MODES[message.readUInt8(at) - 1] ?? null,
})

/** The only state of a door that we ever order: the other two are stored on the board, and one of them switches the exit
 * button off. */
export const controlled = (at: number): Field<'controlled'> => ({
  put: (message) => mode(at).put(message, 'controlled'),
  take: (message) => (mode(at).take(message) === 'controlled' ? 'controlled' : null),
})

export const magic = (at: number): Field<true> => ({
  put: (message) => void message.writeUInt32LE(MAGIC, at),
  take: (message) => (message.readUInt32LE(at) === MAGIC ? true : null),
})

/** Yes or no, behind the magic. */
export const guarded = (at: number): Field<boolean> => ({
  put(message, value) {
    magic(at).put(message, true)
    flag(at + 4).put(message, value)
  },
  take: (message) => magic(at).take(message) && flag(at + 4).take(message),
})

function withMarks(text: string): string {
  return text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6')
}

function punctuated(plain: Field<string>, marks: (digits: string) => string): Field<string> {
  return {
    put: (message, value) => value !== '' && plain.put(message, value.replaceAll(/\D/g, '')),
    take(message) {
      const text = plain.take(message)
      return text === null ? null : /^0*$/.test(text) ? '' : marks(text)
    },
  }
}
