// Readers without a serial port: those that type, and PC/SC with a strict stand-in for its library.
import { EventEmitter } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import type { ReaderOptions } from '../../hardware/driver.ts'
import { openPcsc, type PcscLibrary, pcsc } from '../../hardware/readers/pcsc.ts'
import { wedge } from '../../hardware/readers/wedge.ts'
import { openRecorded, type Recorded } from './recorder.ts'
import { until } from './until.ts'

const opened: Recorded[] = []
afterEach(async () => {
  for (const { reader } of opened.splice(0)) await reader.close()
})

test('what is typed is read in the form of the reader, once a presentation', async () => {
  let now = 0
  const desk = openRecorded(wedge, 'keyboard', () => now, { settings: { form: '6H8D' } })
  opened.push(desk)
  await until('it is ready', () => desk.state() === 'ready')
  desk.reader.typed?.('08075634')
  desk.reader.typed?.('08075634')
  now = 2_000
  desk.reader.typed?.('08075634\r\n')
  expect(desk.reads.map(({ card }) => card)).toEqual(['w26:7B3972', 'w26:7B3972'])
  desk.reader.typed?.('0008075634')
  expect(desk.rejected).toEqual([
    {
      bytes: '30303038303735363334',
      why: 'This form has exactly 8 digits; type them all, the zeros in front too.',
      at: 2_000,
    },
  ])
  await desk.reader.close()
  desk.reader.typed?.('08075634')
  expect(desk.reads).toHaveLength(2)
})

const PRESENT = 32

/** The service of the system: readers come and go, cards lie on them. */
function service() {
  const clients: EventEmitter[] = []
  const facts = { runs: false, uid: '04af68dac85a809000' as string | null, asked: [] as string[] }
  class Client extends EventEmitter {
    started = false
    start() {
      if (!facts.runs) throw new Error('[ NoService ] - Error in native function')
      if (this.started) throw new Error('Started twice')
      this.started = true
      clients.push(this)
      return this
    }
    stop() {
      clients.splice(clients.indexOf(this), 1)
    }
  }
  const library = {
    Client,
    CardMode: { SHARED: 2 },
    CardDisposition: { LEAVE: 0 },
    ReaderStatus: { PRESENT, MUTE: 512 },
  } as unknown as PcscLibrary
  const plug = (name: string) => {
    const reader = Object.assign(new EventEmitter(), {
      name: () => name,
      connect: async () => ({
        async transmit(command: Uint8Array) {
          facts.asked.push(Buffer.from(command).toString('hex'))
          if (facts.uid === null) throw new Error('[ NoSmartCard ]')
          return Uint8Array.from(Buffer.from(facts.uid, 'hex'))
        },
        disconnect: async () => undefined,
      }),
    })
    for (const client of clients) client.emit('reader', reader)
    const status = (raw: number) => reader.emit('change', { raw, has: (flag: number) => (raw & flag) !== 0 })
    return { lay: () => status(PRESENT), take: () => status(16), unplug: () => reader.emit('disconnect') }
  }
  return { library, plug, facts, clients }
}

const openWith = (path: string, load: () => Promise<PcscLibrary>, now: () => number) => {
  const recorded = openRecorded({ ...pcsc, open: (options: ReaderOptions) => openPcsc(options, load) }, path, now)
  opened.push(recorded)
  return recorded
}

test('a PC/SC reader is read, and what is missing is said in a sentence: package, service, reader', async () => {
  let now = 0
  const { library, plug, facts, clients } = service()
  let installed = false
  const desk = openWith(
    'pcsc:acr122',
    async () => (installed ? library : Promise.reject(new Error('not found'))),
    () => now,
  )
  await until('the package is missed', () => desk.sentence().includes('pcsc-mini'))
  installed = true
  await until('the service is missed', () => desk.sentence().includes('start pcscd'))
  facts.runs = true
  await until('the reader is missed', () => desk.sentence().includes('not plugged in'))
  expect(clients).toHaveLength(1)
  plug('Omnikey')
  expect(desk.state()).toBe('missing')
  const acr = plug('ACS ACR122U PICC Interface 00 00')
  expect(desk.state()).toBe('ready')

  acr.lay()
  acr.lay()
  await until('it is read', () => desk.reads.length === 1)
  expect(desk.reads[0]?.card).toBe('iso14a:04AF68DAC85A80')
  expect(facts.asked).toEqual(['ffca000000'])
  acr.take()
  facts.uid = '6a81'
  now = 1_000
  acr.lay()
  await until('a card without a number is refused', () => desk.rejected.length === 1)
  acr.take()
  facts.uid = null
  acr.lay()
  await until('one that was taken away too soon as well', () => desk.rejected.length === 2)
  acr.unplug()
  expect(desk.sentence()).toContain('not plugged in')
  await desk.reader.close()
  expect(clients).toEqual([])
})

test('on this computer, whatever it has of PC/SC, it is a state and no crash', async () => {
  const desk = openRecorded(pcsc, 'pcsc')
  opened.push(desk)
  await until('it is told', () => desk.states.length > 1)
  if (desk.state() !== 'ready') expect(desk.sentence()).toMatch(/^[A-Z][^.]*\. .*\.$/)
})
