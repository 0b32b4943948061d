// Drivers on real serial lines: two pseudo-terminals that socat joins.
import { readdirSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { PortInfo, ReaderState } from '../../hardware/driver.ts'
import { markedFrame, RDM6300 } from '../../hardware/frames/marked.ts'
import { portNow } from '../../hardware/ports.ts'
import { READER_PROFILES, readerHardware } from '../../hardware/registry.ts'
import { openSerialPort, stateOfOpenError } from '../../hardware/serial-port.ts'
import { readCardInForm } from '../../src/main/domain/card-identity.ts'
import { createLine } from './pty.ts'
import { keepsContract, SPECIMENS } from './reader-contract.ts'
import { openRecorded, type Recorded } from './recorder.ts'
import { until } from './until.ts'

const rdm6300 = READER_PROFILES.get('rdm6300') as NonNullable<ReturnType<typeof READER_PROFILES.get>>
const CARD = markedFrame(RDM6300, 'em:6F007B3972')
const cleanups: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const line = () => {
  const made = createLine()
  cleanups.push(() => made.remove())
  return made
}
const open = (path: string): Recorded => {
  const recorded = openRecorded(rdm6300, path)
  cleanups.push(() => recorded.reader.close())
  return recorded
}

test('every reader with a serial port keeps the contract of drivers', async () => {
  const serial = [...READER_PROFILES.values()].filter(({ port }) => port === undefined).map(({ name }) => name)
  expect(Object.keys(SPECIMENS).toSorted()).toEqual(serial.toSorted())
  // At once, for they mostly wait.
  await Promise.all(Object.entries(SPECIMENS).map(([name, specimen]) => keepsContract(name, specimen)))
})

test('a part of a frame is told as rejected once the line falls silent', async () => {
  const wire = line()
  await wire.plug()
  const desk = open(wire.path)
  await until('the reader is ready', () => desk.state() === 'ready')
  await wire.write(CARD.subarray(0, 6))
  await until('the part is rejected', () => desk.rejected.length > 0)
  expect(desk.rejected).toMatchObject([{ bytes: '023646303037', why: 'The frame stopped half way.' }])
})

test('the second to open a port is told that it is busy, and gets it when the first one leaves', async () => {
  const wire = line()
  await wire.plug()
  const first = open(wire.path)
  await until('the first is ready', () => first.state() === 'ready')
  const second = open(wire.path)
  await until('the second is told', () => second.state() === 'busy')
  expect(second.sentence()).toBe(
    `Another program is using the reader at ${wire.path}. Close it there; Latchkey looks again every second.`,
  )
  await first.reader.close()
  await until('the second is ready', () => second.state() === 'ready')
  await wire.write(CARD)
  await until('the second reads', () => second.reads.length === 1)
  expect(first.reads).toEqual([])
})

test('what is written while a port is closed never reaches a later one', async () => {
  const wire = line()
  const states: string[] = []
  const port = openSerialPort({
    path: wire.path,
    baudRate: 9_600,
    onBytes: () => undefined,
    onState: ({ kind }) => states.push(kind),
  })
  cleanups.push(() => port.close())
  const stale = Buffer.from('stale')
  expect(await port.write(stale)).toBe(false)
  await wire.plug()
  let heard = ''
  await wire.hear((bytes) => (heard += Buffer.from(bytes)))
  await until('it is ready', () => states.at(-1) === 'ready')
  expect(await port.write(Buffer.from('first'))).toBe(true)
  await until('it is heard', () => heard === 'first')

  await wire.unplug()
  // At once, when nobody has told of it yet, and again when it was told.
  const atOnce = port.write(stale)
  await until('it is missing', () => states.at(-1) === 'missing')
  expect(await port.write(stale)).toBe(false)
  await atOnce
  heard = ''
  await wire.plug()
  await wire.hear((bytes) => (heard += Buffer.from(bytes)))
  await until('it is ready again', () => states.at(-1) === 'ready')
  expect(await port.write(Buffer.from('second'))).toBe(true)
  await until('it is heard', () => heard.length >= 'second'.length)
  expect(heard).toBe('second')
  await port.close()
  expect(await port.write(stale)).toBe(false)
})

test('a reader that comes back under another name is found by what its port tells of it', async () => {
  const wire = line()
  const moved = line()
  const ids = { vendor: '1a86', product: '7523', link: 'usb-1a86_USB_Serial-if00-port0' }
  let ports: PortInfo[] = [{ path: wire.path, label: 'Reader', ids }]
  const sources = { list: async () => ports, byIdDir: '/nowhere' }
  const hardware = readerHardware(Date.now, false, readCardInForm, sources)
  const states: ReaderState[] = []
  const isNow = (kind: ReaderState['kind']) => states.at(-1)?.kind === kind
  const cards: string[] = []
  await wire.plug()
  const reader = hardware.open(
    'rdm6300',
    { path: wire.path, settings: {}, ids },
    { read: ({ card }) => cards.push(card), rejected: () => undefined, state: (state) => states.push(state) },
  )
  cleanups.push(() => reader.close())
  await until('it is ready', () => isNow('ready'))
  // Another device has its old place meanwhile.
  ports = [{ path: wire.path, label: 'Printer', ids: { vendor: '0403', product: '6001', link: 'usb-printer' } }]
  await wire.unplug()
  await wire.plug()
  await until('it is missing', () => isNow('missing'))
  await moved.plug()
  ports = [...ports, { path: moved.path, label: 'Reader', ids }]
  await until('it is ready elsewhere', () => isNow('ready'))
  expect(states).toMatchObject([
    { kind: 'starting' },
    { kind: 'ready' },
    { kind: 'missing' },
    { kind: 'ready', path: moved.path },
  ])
  await moved.write(CARD)
  await until('it is read', () => cards.length === 1)
})

test('which port a reader is on', () => {
  const one = { vendor: '1a86', product: '7523' }
  const numbered = { ...one, serial: 'A1' }
  const port = (path: string, ids?: PortInfo['ids']) => ({ path, label: '', ids })
  expect(portNow('/a', numbered, [port('/a', numbered), port('/b', { ...one, serial: 'B2' })])).toBe('/a')
  expect(portNow('/a', numbered, [port('/a', { ...one, serial: 'B2' }), port('/b', numbered)])).toBe('/b')
  // Two of one kind, and neither at the old place: nobody guesses.
  expect(portNow('/a', one, [port('/b', one), port('/c', one)])).toBe('/a')
  expect(portNow('/a', one, [port('/a', { vendor: '0403' }), port('/b', one), port('/c', one)])).toBe(null)
  expect(portNow('/a', one, [port('/a')])).toBe('/a')
  expect(portNow('/a', one, [])).toBe('/a')
})

test.each(['', '/', '/dev/null', '/etc/passwd/reader', 'no such place'])(
  '"%s" is a state, not a crash',
  async (path) => {
    const desk = open(path)
    await until('it is told', () => desk.states.length > 1)
    expect(desk.state()).toBe('missing')
    expect(desk.sentence()).toMatch(/^[A-Z].*Latchkey looks again every second\.$/)
  },
)

test('no permission names the group to join', () => {
  const state = stateOfOpenError('/dev/nothing-here', 'Error: Permission denied, cannot open /dev/nothing-here')
  expect(state).toEqual({
    kind: 'denied',
    sentence:
      'Latchkey may not open /dev/nothing-here. Add the user that runs it to the group dialout and sign in again.',
  })
})

test.skipIf(process.platform !== 'linux')('failed attempts to open leave no file open', async () => {
  const wire = line()
  await wire.plug()
  const first = open(wire.path)
  await until('the first is ready', () => first.state() === 'ready')
  const openFiles = () => readdirSync('/proc/self/fd').length
  const before = openFiles()
  const others = Array.from({ length: 20 }, () => open(wire.path))
  others.push(...Array.from({ length: 20 }, () => open('/dev/null')))
  await until('all are told', () => others.every((other) => other.states.length > 1))
  expect(openFiles() - before).toBeLessThan(10)
})
