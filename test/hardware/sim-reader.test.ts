import { expect, test } from 'vitest'
import { readerHardware } from '../../hardware/registry.ts'
import { garbleAtReader, plugReader, presentToReader, simulated, unplugReader } from '../../hardware/sim/reader.ts'
import { readCardInForm } from '../../src/main/domain/card-identity.ts'
import { openRecorded } from './recorder.ts'
import { until } from './until.ts'

const hardware = readerHardware(Date.now, true, readCardInForm, { list: async () => [], byIdDir: '/nowhere' })

test('a card that is shown to a simulated reader is read by whoever opened it', async () => {
  expect(presentToReader('sim:desk', 'em:6F007B3972')).toBe(false)
  const desk = openRecorded(simulated, 'sim:desk', () => 42)
  expect(desk.states).toEqual([])
  await until('it is ready', () => desk.state() === 'ready')
  expect(presentToReader('sim:desk', 'em:6F007B3972')).toBe(true)
  expect(presentToReader('sim:other', 'em:6F007B3972')).toBe(false)
  expect(garbleAtReader('sim:desk')).toBe(true)
  expect(desk.reads).toEqual([{ card: 'em:6F007B3972', at: 42 }])
  expect(desk.rejected).toMatchObject([{ at: 42 }])
  expect((await hardware.listPorts()).ports).toContainEqual({ path: 'sim:desk', label: 'Simulated reader' })
  await desk.reader.close()
  expect(presentToReader('sim:desk', 'em:6F007B3972')).toBe(false)
  expect((await hardware.listPorts()).ports).not.toContainEqual({ path: 'sim:desk', label: 'Simulated reader' })
})

test('it can be unplugged and plugged in again', async () => {
  const desk = openRecorded(simulated, 'sim:loose')
  await until('it is ready', () => desk.state() === 'ready')
  unplugReader('sim:loose')
  expect(desk.state()).toBe('missing')
  expect(presentToReader('sim:loose', 'em:6F007B3972')).toBe(false)
  plugReader('sim:loose')
  expect(desk.state()).toBe('ready')
  expect(presentToReader('sim:loose', 'em:6F007B3972')).toBe(true)
  await desk.reader.close()
})

test('the second to open it waits until the first has closed', async () => {
  const first = openRecorded(simulated, 'sim:shared')
  await until('the first is ready', () => first.state() === 'ready')
  const second = openRecorded(simulated, 'sim:shared')
  await until('the second is busy', () => second.state() === 'busy')
  await first.reader.close()
  await until('the second is ready', () => second.state() === 'ready')
  presentToReader('sim:shared', 'em:6F007B3972')
  expect([first.reads.length, second.reads.length]).toEqual([0, 1])
  await second.reader.close()
})
