// Finding out what is on a port, from bytes on a real serial line.
import { afterEach, expect, test } from 'vitest'
import type { ReaderState } from '../../hardware/driver.ts'
import type { Heard, Listener } from '../../hardware/listen.ts'
import { readerHardware } from '../../hardware/registry.ts'
import { readCardInForm } from '../../src/main/domain/card-identity.ts'
import { plugChip } from './pn532-chip.ts'
import { createLine, type Line } from './pty.ts'
import { until } from './until.ts'

const hardware = readerHardware(Date.now, true, readCardInForm, { list: async () => [], byIdDir: '/nowhere' })
const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function listen(path: string) {
  const heard: Heard[] = []
  const states: (ReaderState & { baud: number | null })[] = []
  const listener: Listener = hardware.listen(path, {
    heard: (one) => heard.push(one),
    state: (state, { baud }) => states.push({ ...state, baud }),
  })
  cleanups.push(() => listener.close())
  return {
    listener,
    heard,
    states,
    isAt: (baud: number) => states.at(-1)?.baud === baud && states.at(-1)?.kind === 'ready',
  }
}

async function plugged(): Promise<Line> {
  const line = createLine()
  cleanups.push(() => line.remove())
  await line.plug()
  return line
}

test('what comes is shown live with every way to read it, and at another pace where it is no text', async () => {
  const line = await plugged()
  const { heard, states, isAt, listener } = listen(line.path)
  await until('it is not a PN532, so it listens', () => isAt(9_600))
  expect(states[0]).toMatchObject({ kind: 'starting', baud: 115_200 })
  await line.write(Buffer.from('\x026F007B39725F\x03'))
  await until('it is heard', () => heard.length === 1)
  expect(heard[0]).toMatchObject({
    hex: '0236463030374233393732354603',
    text: '·6F007B39725F·',
    found: [{ profile: 'rdm6300', settings: {}, card: 'em:6F007B3972' }],
  })
  await line.write(Buffer.from('Hello\r\n'))
  await until('what is no card is shown too', () => heard.length === 2)
  expect(heard[1]?.found).toEqual([])

  await line.write(Buffer.from('e2f1c0ff9a', 'hex'))
  await until('it goes on at another pace', () => isAt(115_200))
  await line.write(Buffer.from('Card UID: 1E A6 86 71\r\n'))
  await until('it is heard', () => heard.length === 4)
  expect(heard[3]?.found[0]).toEqual({ profile: 'mfrc522', settings: { baud: 115_200 }, card: 'iso14a:1EA68671' })
  await listener.close()
  await line.write(Buffer.from('Card UID: 1E A6 86 71\r\n'))
  expect(heard).toHaveLength(4)
})

test('a PN532 answers for itself', async () => {
  const line = await plugged()
  const chip = await plugChip(line)
  const { heard, states } = listen(line.path)
  await until('it is found', () => states.at(-1)?.kind === 'ready')
  chip.hold('1ea68671')
  await until('its card is read', () => heard.length === 1)
  expect(heard[0]?.found).toEqual([{ profile: 'pn532', settings: {}, card: 'iso14a:1EA68671' }])
  expect(chip.complaints).toEqual([])
})

test('a reader that types, a port that is not there, and closing at once', async () => {
  const typed = listen('keyboard')
  await until('it is ready', () => typed.states.length > 0)
  typed.listener.typed('0008075634')
  expect(typed.heard[0]?.found).toContainEqual({ profile: 'wedge', settings: { form: '8H10D' }, card: 'w34:007B3972' })
  const absent = listen('/dev/not-here')
  await until('it is told', () => absent.states.at(-1)?.kind === 'missing')
  const atOnce = listen('/dev/not-here')
  await atOnce.listener.close()
  expect(atOnce.states).toEqual([])
})
