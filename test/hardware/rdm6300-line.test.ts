// The driver on a real serial line: two pseudo-terminals that socat joins.
import { readdirSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { rdm6300Frame } from '../../hardware/frames/rdm6300.ts'
import { rdm6300 } from '../../hardware/readers/rdm6300.ts'
import { stateOfOpenError } from '../../hardware/serial-port.ts'
import { createLine } from './pty.ts'
import { openRecorded, type Recorded } from './recorder.ts'
import { until } from './until.ts'

const CARD = rdm6300Frame('em:6F007B3972')
const OTHER = rdm6300Frame('em:100086F444')
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

test('a card is read from the bytes on the line, and held it is one presentation', async () => {
  const wire = line()
  await wire.plug()
  const desk = open(wire.path)
  expect(desk.states).toEqual([])
  await until('the reader is ready', () => desk.state() === 'ready')
  expect(desk.states).toEqual([{ kind: 'starting' }, { kind: 'ready' }])

  await wire.write(CARD)
  const took = await until('the card is read', () => desk.reads.length > 0)
  expect(took).toBeLessThan(200)
  // Held for longer than the 500 ms that tell two presentations apart.
  const heldUntil = performance.now() + 800
  while (performance.now() < heldUntil) {
    await wire.write(CARD)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  await wire.write(OTHER)
  await until('the other card is read', () => desk.reads.length > 1)
  expect(desk.reads.map((read) => read.card)).toEqual(['em:6F007B3972', 'em:100086F444'])
  expect(desk.rejected).toEqual([])
})

test('a part of a frame is told as rejected once the line falls silent', async () => {
  const wire = line()
  await wire.plug()
  const desk = open(wire.path)
  await until('the reader is ready', () => desk.state() === 'ready')
  await wire.write(CARD.subarray(0, 6))
  await until('the part is rejected', () => desk.rejected.length > 0)
  expect(desk.rejected).toMatchObject([{ bytes: '023646303037', why: 'The frame stopped half way.' }])
  await wire.write(CARD)
  await until('the card is read', () => desk.reads.length > 0)
})

test('unplugged is told within a second, and plugged in again it reads on without a restart', async () => {
  const wire = line()
  await wire.plug()
  const desk = open(wire.path)
  await until('the reader is ready', () => desk.state() === 'ready')
  await wire.write(CARD)
  await until('the card is read', () => desk.reads.length === 1)

  await wire.unplug()
  expect(await until('it is told missing', () => desk.state() === 'missing')).toBeLessThan(1_000)
  expect(desk.sentence()).toBe(`The reader is not at ${wire.path}. Plug it in; Latchkey looks again every second.`)

  await wire.plug()
  expect(await until('it is ready again', () => desk.state() === 'ready')).toBeLessThan(2_000)
  await wire.write(OTHER)
  await until('the next card is read', () => desk.reads.length === 2)
  expect(desk.states.map((state) => state.kind)).toEqual(['starting', 'ready', 'missing', 'ready'])
})

test('a reader that comes late is found', async () => {
  const wire = line()
  const desk = open(wire.path)
  await until('it is told missing', () => desk.state() === 'missing')
  await wire.plug()
  await until('it is ready', () => desk.state() === 'ready')
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

test('closing ends it for good, at any moment', async () => {
  const wire = line()
  await wire.plug()
  const atOnce = openRecorded(rdm6300, wire.path)
  await atOnce.reader.close()
  expect(atOnce.states).toEqual([])

  const desk = openRecorded(rdm6300, wire.path)
  await until('the reader is ready', () => desk.state() === 'ready')
  await wire.write(CARD.subarray(0, 6))
  await desk.reader.close()
  await desk.reader.close()
  const told = structuredClone([desk.reads, desk.rejected, desk.states])
  await wire.unplug()
  await wire.plug()
  const witness = open(wire.path)
  await until('another is ready', () => witness.state() === 'ready')
  expect([desk.reads, desk.rejected, desk.states]).toEqual(told)
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
