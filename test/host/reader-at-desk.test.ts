// A reader at the desk that belongs to a door with a relay: what it reads is a swipe there, unless a card is being enrolled.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { presentToReader } from '../../hardware/sim/reader.ts'
import { type Shelly, startShelly } from '../../hardware/sim/shelly.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import type { Args, CallName, Reply } from '../../src/preload/contract.ts'
import { until } from '../hardware/until.ts'
import { startTestDesk, type TestDesk } from './test-desk.ts'

const READER = 'sim:relay'
const CARD = 'em:6F007B3972'
let desk: TestDesk
let shelly: Shelly

async function ask<N extends CallName>(name: N, args: Args<N>): Promise<Reply<N>> {
  const outcome = await answerCall(desk.desk.deps, owner(), name, args, () => undefined)
  if (!outcome.ok) throw new Error(outcome.refusal.sentence)
  return outcome.value as Reply<N>
}

beforeAll(async () => {
  desk = await startTestDesk()
  shelly = await startShelly({ random: randomBytes })
})
afterAll(async () => {
  await desk.stop()
  await shelly.close()
})

test('a card that is being enrolled opens nothing, and the next time it does', async () => {
  await ask('doors.add', { id: 'gate', driver: 'relay', url: `http://127.0.0.1:${shelly.port}` })
  await ask('doors.add', { id: 'front' })
  const reader = { port: READER, profile: 'simulated' }
  await expect(ask('readers.add', { ...reader, door: 'front' })).rejects.toThrow('asks us by itself')
  await expect(ask('readers.add', { ...reader, door: 'cellar' })).rejects.toThrow('There is no door "cellar"')
  expect(await ask('readers.add', { ...reader, door: 'gate' })).toMatchObject({ port: READER, door: 'gate' })
  const [member] = (await ask('members.list', { standing: 'current' })).rows
  await ask('enrol.begin', { member: member?.id ?? '' })
  presentToReader(READER, CARD)
  const found = async () => (await ask('cards.find', { card: CARD })).matches[0]?.member
  await expect.poll(found).toBe(member?.id)
  expect(shelly.done.filter((done) => done.startsWith('Switch.Set'))).toEqual([])

  presentToReader(READER, CARD)
  await until('the relay opens', () => shelly.isOn())
  expect((await ask('feed.recent', { limit: 5 }))[0]).toMatchObject({
    door: { id: 'gate' },
    member: { id: member?.id },
  })
  presentToReader(READER, 'em:0011223344')
  const newest = async () => (await ask('feed.recent', { limit: 5 }))[0]?.verdict
  await expect.poll(newest).toBe('note')
  expect(desk.failures).toEqual([])
})
