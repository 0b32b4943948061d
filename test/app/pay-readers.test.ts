// Stripe's card readers: registered from here, and each way in which one fails has its own sentence and next step.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignUp } from '../../src/preload/shapes-sign-up.ts'
import { command } from '../serving.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
let reader: string
let plan: string

beforeAll(async () => {
  desk = await openWholeDesk()
  plan = (await desk.ask('signUps.plans', {})).find(({ name }) => name === 'Full member')?.id ?? ''
})
afterAll(async () => {
  expect(desk.failures).toEqual([])
  await desk.stop()
})

const PLACE = { name: 'Front desk', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'de' }

test('a reader is registered by its code at a new place, renamed, and removed; what is missing is said', async () => {
  expect(await desk.ask('payReaders.list', {})).toEqual({ readers: [], places: [] })
  const add = { code: 'simulated-wpe', label: 'Front desk reader' }
  const refusals: [Partial<typeof add & { place: string; newPlace: typeof PLACE }>, RegExp][] = [
    [{ code: ' ' }, /words that the reader shows/],
    [{ label: '' }, /Give the reader a name/],
    [{}, /Say where the reader stands/],
    [{ place: 'tml_gone' }, /not at Stripe any more/],
    [{ newPlace: { ...PLACE, line1: '' } }, /needs a name, its street and its country/],
    [{ newPlace: { ...PLACE, country: 'Germany' } }, /"Germany" is no country in two letters/],
    [{ code: 'puppies-plug-could', newPlace: PLACE }, /Stripe knows no reader with this code/],
  ]
  for (const [wrong, sentence] of refusals)
    expect((await desk.refused('payReaders.add', { ...add, ...wrong })).sentence).toMatch(sentence)
  const made = await desk.ask('payReaders.add', { ...add, newPlace: PLACE })
  expect(made).toMatchObject({
    label: 'Front desk reader',
    place: 'Front desk',
    online: true,
    shows: 'It waits for nobody.',
  })
  expect(made.device).toBe('WisePOS E, simulated')
  reader = made.id
  // The place that was made for the code that Stripe did not know is the same one.
  const { places } = await desk.ask('payReaders.list', {})
  expect(places).toMatchObject([{ name: 'Front desk', address: 'Street 1, 10115 Berlin, DE' }])
  const second = await desk.ask('payReaders.add', { ...add, label: 'Workshop', place: places[0]?.id ?? '' })
  expect(await desk.ask('payReaders.rename', { id: second.id, label: 'Bar' })).toMatchObject({ label: 'Bar' })
  expect((await desk.refused('payReaders.rename', { id: second.id, label: ' ' })).sentence).toMatch(
    /Give the reader a name/,
  )
  expect(await desk.ask('payReaders.remove', { id: second.id })).toEqual({ ok: true })
  expect((await desk.refused('payReaders.remove', { id: second.id })).code).toBe('not-found')
  expect((await desk.stripe.terminal.readers.list()).data.map(({ label }) => label)).toEqual(['Front desk reader'])
})

test('a reply that is lost after Stripe registered the reader makes no second one', async () => {
  const port = desk.desk.deps.live.sync.stripe()
  if (port === null) throw new Error('no Stripe')
  const { terminal } = port
  port.terminal = {
    ...terminal,
    async register(...asked) {
      await terminal.register(...asked)
      throw new Error('the answer is lost')
    },
  }
  const { places } = await desk.ask('payReaders.list', {})
  const asked = { code: 'simulated-s700', label: 'Kiosk', place: places[0]?.id ?? '' }
  expect((await desk.refused('payReaders.add', asked)).code).toBe('broken')
  expect(desk.failures.splice(0)).toHaveLength(1)
  port.terminal = terminal
  const kiosk = await desk.ask('payReaders.add', asked)
  const all = (await desk.stripe.terminal.readers.list()).data
  expect(all.map(({ label }) => label).toSorted()).toEqual(['Front desk reader', 'Kiosk'])
  await desk.ask('payReaders.remove', { id: kiosk.id })
})

let people = 0
async function begun(): Promise<SignUp> {
  people += 1
  const { signUp } = await desk.ask('signUps.start', { name: `Walker Number${people}`, emails: [] })
  if (signUp === null) throw new Error('no sign-up')
  await desk.ask('signUps.plan', { id: signUp.id, plan })
  return desk.ask('signUps.terms', { id: signUp.id, version: '1', by: 'Walker' })
}
const at = (id: string) => desk.ask('signUps.get', { id })
async function waiting(id: string): Promise<void> {
  await expect.poll(async () => (await at(id)).doing, { timeout: 8_000 }).toContain('Waiting for the card')
  const { terminal } = desk.desk.deps.live.sync.stripe() ?? {}
  await expect.poll(async () => (await terminal?.reader(reader))?.action, { timeout: 8_000 }).not.toBeNull()
}
const settled = (id: string) => expect.poll(async () => (await at(id)).doing, { timeout: 8_000 }).toBeNull()

test('who is waited for is shown, and a reader that waits is not removed', async () => {
  const { id, member } = await begun()
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await waiting(id)
  const { readers } = await desk.ask('payReaders.list', {})
  expect(readers).toMatchObject([{ id: reader, shows: `It waits for the card of ${member?.name}.` }])
  expect((await desk.refused('payReaders.remove', { id: reader })).sentence).toContain('stop that first')
  await desk.ask('signUps.stop', { id })
  await desk.ask('signUps.giveUp', { id })
})

type Fails = { before?: () => void; after?: () => void }

test('each failure at the reader has a sentence of its own, says that nothing was charged, and what to do', async () => {
  const { acts } = desk.sandbox
  const { id, member } = await begun()
  const rows: [string, Fails, RegExp][] = [
    ['offline', { before: () => acts.switchReader(reader, false) }, /switched off or has no network.*wake it up/],
    ['no answer', { before: () => acts.readerFails(reader, 'timeout') }, /did not answer in time.*try again/],
    ['a fault', { before: () => acts.readerFails(reader, 'hardware_fault') }, /reports a fault.*off and on/],
    ['nobody came', { after: () => acts.readerTimesOut(reader) }, /Nobody presented a card in time/],
    ['cancelled there', { after: () => acts.cancelAtReader(reader) }, /cancelled at the card reader/],
    ['a soft no', { after: () => acts.presentCard(reader, 'insufficient_funds') }, /another try may go through/],
    ['a hard no', { after: () => acts.presentCard(reader, 'lost_card') }, /it needs another way to pay/],
    ['a telephone', { after: () => acts.presentCard(reader, 'apple_pay') }, /A phone, a watch or this kind of card/],
    ['no telephones', { after: () => acts.readerRefusesWallet(reader) }, /A phone or watch cannot be saved/],
    [
      'a no later',
      { after: () => acts.presentCard(reader, 'declined_later') },
      /was saved, but the payment did not go/,
    ],
    [
      'to be confirmed',
      { after: () => acts.presentCard(reader, 'authentication_later') },
      /wants the payer to confirm/,
    ],
  ]
  const told: string[] = []
  for (const [what, { before, after }, sentence] of rows) {
    before?.()
    await desk.ask('signUps.pay', { id, way: 'reader', reader })
    if (after !== undefined) {
      await waiting(id)
      after()
    }
    await settled(id)
    const { fault, paid, step } = await at(id)
    expect([what, step, paid, fault]).toEqual([what, 'payment', null, expect.stringMatching(sentence)])
    expect([what, fault]).toEqual([what, expect.stringContaining('nothing was charged')])
    told.push(fault ?? '')
    acts.switchReader(reader, true)
  }
  expect(new Set(told).size).toBe(rows.length)

  // Somebody else's: a command that did not come from here.
  const { id: customer } = await desk.stripe.customers.create({ name: 'Somebody' })
  const intent = await desk.stripe.setupIntents.create({ customer, allowed_payment_method_types: ['card_present'] })
  await desk.stripe.terminal.readers.processSetupIntent(reader, { setup_intent: intent.id, allow_redisplay: 'always' })
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await settled(id)
  expect((await at(id)).fault).toMatch(/busy with somebody else, and nothing was charged: wait/)
  await desk.stripe.terminal.readers.cancelAction(reader)

  // It does not answer and does it all the same: the next try finds it waiting, and one card is charged once.
  acts.readerFails(reader, 'timeout-after')
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await settled(id)
  expect((await at(id)).fault).toMatch(/did not answer in time/)
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await waiting(id)
  acts.presentCard(reader)
  await settled(id)
  expect(await at(id)).toMatchObject({ paid: 'paid', fault: null })
  const { data } = await desk.stripe.customers.list({ limit: 100 })
  const mine = data.filter(({ name }) => name === member?.name)
  expect(mine).toHaveLength(1)
  const invoices = await desk.stripe.invoices.list({ customer: mine[0]?.id ?? '' })
  expect(invoices.data.map(({ status }) => status)).toEqual(['paid'])
})

test('the command line says in one line what it needs', async () => {
  const usage = await command(['pay-reader', 'add', '--label', 'Front desk'])
  expect(usage).toMatchObject({ code: 2, stderr: expect.stringContaining('--code') })
})
