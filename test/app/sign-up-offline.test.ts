// A sign-up without a network: a provisional card at a real door, and what becomes of it; and links by mail, read from a
// real mail server.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSignUp } from '../../src/main/app/sign-up-journal.ts'
import type { MailSettings } from '../../src/main/domain/mail.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import type { SignUp } from '../../src/preload/shapes-sign-up.ts'
import { connect } from '../door/controller.ts'
import { type MailServer, startMailServer } from '../notify/mail-server.ts'
import { type StripeProxy, startProxy } from './stripe-proxy.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
let proxy: StripeProxy
let plan: string
const keys: Record<string, string> = {}

beforeAll(async () => {
  desk = await openWholeDesk(async (url) => {
    proxy = await startProxy(url)
    return proxy.url
  })
  await desk.ask('settings.set', { website: 'https://example.org' })
  for (const [id, name] of [
    ['front', 'Front door'],
    ['laser', 'Laser room'],
  ] as const)
    keys[id] = (await desk.ask('doors.add', { id, name })).key ?? ''
  const { id: induction } = await desk.ask('inductions.save', { name: 'Laser' })
  await desk.ask('doors.setInductions', { id: 'laser', inductions: [induction] })
  plan = (await desk.ask('signUps.plans', {})).find(({ name }) => name === 'Full member')?.id ?? ''
})
afterAll(async () => {
  await desk.stop()
  await proxy.close()
})

async function begun(name: string, email: string | null): Promise<SignUp> {
  const { signUp } = await desk.ask('signUps.start', { name, emails: email === null ? [] : [email] })
  if (signUp === null) throw new Error('no sign-up')
  await desk.ask('signUps.plan', { id: signUp.id, plan })
  return desk.ask('signUps.terms', { id: signUp.id, version: '1', by: name })
}
const at = (id: string) => desk.ask('signUps.get', { id })
const person = (signUp: SignUp) => desk.ask('members.get', { id: signUp.member?.id ?? '' })

async function mend(): Promise<void> {
  proxy.fate = () => 'pass'
  await desk.sync()
}

/** What a controller at the door is told. */
async function swipe(door: string, card: string): Promise<string> {
  const session = await connect(await desk.desk.doorsPort, { id: door, key: keys[door] ?? '' })
  return (await session.check(card, { id: randomUUID() })).json.reason
}

/** One who stands there while Stripe cannot be reached, and goes with a card. */
async function withoutNetwork(name: string, email: string | null, card: string): Promise<SignUp> {
  const { id, member } = await begun(name, email)
  await desk.ask('signUps.provisional', { id })
  await desk.ask('cards.add', { member: member?.id ?? '', card })
  return at(id)
}

async function withMail(): Promise<MailServer> {
  const server = await startMailServer()
  const { deps } = desk.desk
  const settings: MailSettings = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: null,
    senderName: '',
    senderAddress: 'desk@space.example',
    staff: ['board@space.example'],
  }
  // A desk on the sandbox is a demo, and those are set up for no mail.
  writeSetting(deps.live.db, 'mail', settings, deps.now())
  return server
}
const withoutMail = () => writeSetting(desk.desk.deps.live.db, 'mail', null, desk.desk.deps.now())
const mailTo = (server: MailServer, address: string) =>
  server.arrived.filter(({ to }) => to.includes(address)).map(({ mail }) => mail)

test('without a network two people go with a card that opens their plan’s doors, and never counts as paid', async () => {
  const online = await begun('Nora Online', null)
  expect(online.provisional).toBeNull()
  const early = await desk.refused('signUps.provisional', { id: online.id })
  expect(early.sentence).toBe('A provisional card is only for when Stripe cannot be reached: take the payment now.')
  await desk.ask('signUps.giveUp', { id: online.id })

  proxy.fate = () => 'cut'
  const { id } = await begun('Ada Walker', 'ada@example.org')
  expect((await desk.refused('signUps.bill', { id })).sentence).toContain('Stripe cannot be reached')
  await expect.poll(async () => (await at(id)).provisional, { timeout: 8_000 }).not.toBeNull()
  const offered = (await at(id)).provisional
  expect(offered).toMatchObject({ given: false })
  // Not the laser room: nobody has shown it to them.
  expect(offered?.sentence).toMatch(/^Stripe cannot be reached just now\. A provisional card opens Front door until /)
  const given = await desk.ask('signUps.provisional', { id })
  expect(given).toMatchObject({ step: 'summary', paid: null, provisional: { given: true } })
  expect(given.provisional?.sentence).toMatch(/^Not paid yet: this card opens Front door until \d+ \w+\.$/)
  const ada = given.member?.id ?? ''
  const card = await desk.ask('cards.add', { member: ada, card: 'em:6F007B0001' })
  expect(card.validUntil).toBe(given.provisional?.until)
  expect(await swipe('front', 'em:6F007B0001')).toBe('ok-override')
  expect(await swipe('laser', 'em:6F007B0001')).toBe('no-membership')
  const ben = await withoutNetwork('Ben Walker', null, 'em:6F007B0002')
  expect(await swipe('front', 'em:6F007B0002')).toBe('ok-override')
  for (const signUp of [given, ben]) expect(await person(signUp)).toMatchObject({ standing: 'ended', memberships: [] })
  expect(await desk.ask('desk.todo', {})).toMatchObject({ unpaid: 2, signUps: 0, handOver: 0 })
})

test('the network is back: a link goes by itself where there is an address, and what is paid takes the card’s end away', async () => {
  const server = await withMail()
  const [ben, ada] = await desk.ask('signUps.list', {})
  if (ada?.member == null || ben?.member == null) throw new Error('nobody waits')
  expect([ada.member.name, ben.member.name]).toEqual(['Ada Walker', 'Ben Walker'])
  await mend()
  await expect.poll(() => mailTo(server, 'ada@example.org').length, { timeout: 10_000 }).toBe(1)
  const [link] = mailTo(server, 'ada@example.org')
  expect(link?.subject).toBe('Your payment of €65.00 to Our space')
  const page = (await at(ada.id)).page?.url ?? 'none'
  expect(link?.text).toContain(page)
  expect(await at(ada.id)).toMatchObject({
    way: 'link',
    paid: null,
    doing: 'A link was mailed. The membership begins by itself once they have filled in the page.',
  })
  // Whom nobody can write to waits at the desk; the other does not.
  expect(await desk.ask('desk.todo', {})).toMatchObject({ unpaid: 1, signUps: 0 })

  const [session] = (await desk.stripe.checkout.sessions.list({ limit: 1 })).data
  desk.sandbox.acts.payAtCheckout(session?.id ?? '')
  await desk.sync()
  await expect.poll(async () => (await at(ada.id)).step, { timeout: 10_000 }).toBe('finished')
  expect(await person(ada)).toMatchObject({ standing: 'current', cards: [{ validUntil: null }] })
  expect(await swipe('front', 'em:6F007B0001')).toBe('ok')
  const [invoice] = (await desk.stripe.invoices.list({ limit: 1 })).data
  await expect.poll(() => mailTo(server, 'ada@example.org').length, { timeout: 10_000 }).toBe(2)
  const welcome = mailTo(server, 'ada@example.org')[1]
  expect(welcome?.subject).toBe('Welcome to Our space')
  expect(welcome?.text).toContain(`your receipt ${invoice?.number} of`)
  expect(welcome?.text).toMatch(/Total\s+€65\.00/)
  expect(welcome?.text).toContain('Paid by: Card')
  expect(mailTo(server, 'board@space.example').at(-1)?.text).toContain('a card is to be handed over')
  const sheet = await desk.ask('cash.sheet', { id: ada.id })
  expect(sheet).toMatchObject({
    kind: 'receipt',
    space: 'Our space',
    receipt: { number: invoice?.number, name: 'Ada Walker', total: { minor: 6500, currency: 'eur' }, paidBy: 'Card' },
  })

  // In cash it is the same: the card lasts, and the receipt has a number.
  const until = '2099-12-31'
  const agreed = await desk.ask('signUps.agree', {
    id: ben.id,
    way: 'cash',
    until,
    amount: { minor: 6500, currency: 'eur' },
  })
  expect(agreed).toMatchObject({ step: 'card', paid: 'agreed', provisional: null })
  expect(await person(ben)).toMatchObject({ standing: 'current', cards: [{ validUntil: null }] })
  expect(await swipe('front', 'em:6F007B0002')).toBe('ok')
  expect(await desk.ask('cash.ofMember', { member: ben.member.id })).toMatchObject([{ number: 'C-0001' }])
  await desk.ask('signUps.finish', { id: ben.id, card: 'em:6F007B0002' })
})

test('given up, it ends and the card with it; a day passes, and both end by themselves until it is paid', async () => {
  withoutMail()
  await desk.ask('settings.set', { provisional: { days: 2, doors: ['laser'] } })
  // Without a key it is the same as without a network.
  const { sync } = desk.desk.deps.live
  const port = sync.stripe()
  sync.setStripe(null)
  const none = await begun('Nobody Inducted', null)
  expect(none.provisional).toBeNull()
  await desk.ask('signUps.giveUp', { id: none.id })
  await desk.ask('settings.set', { provisional: { days: 2, doors: ['front'] } })
  const cat = await withoutNetwork('Cat Walker', null, 'em:6F007B0003')
  const dan = await withoutNetwork('Dan Walker', null, 'em:6F007B0004')
  expect(await swipe('front', 'em:6F007B0003')).toBe('ok-override')
  expect(await desk.ask('signUps.giveUp', { id: cat.id })).toMatchObject({ step: 'given-up', provisional: null })
  expect(await swipe('front', 'em:6F007B0003')).toBe('card-revoked')

  sync.setStripe(port)
  await desk.sync()
  await desk.ask('demo.clock', { by: '+1d' })
  expect(await swipe('front', 'em:6F007B0004')).toBe('ok-override')
  await desk.ask('demo.clock', { by: '+2d' })
  expect(await swipe('front', 'em:6F007B0004')).toBe('card-expired')
  const over = await at(dan.id)
  expect(over.provisional?.sentence).toMatch(/^Not paid: the provisional card ended /)
  expect(await desk.ask('desk.todo', {})).toMatchObject({ unpaid: 1 })
  // Its plan had no price when it was chosen, for Stripe had never been read: it is looked up now.
  const chosen = { planId: plan, priceId: null, quantity: 1, code: null }
  writeSignUp(desk.desk.deps, dan.id, { kind: 'plan', ...chosen })
  await desk.ask('signUps.terms', { id: dan.id, version: '1', by: 'Dan Walker' })
  expect((await desk.ask('signUps.bill', { id: dan.id })).bill?.due).toEqual({ minor: 6500, currency: 'eur' })
  await desk.ask('signUps.agree', { id: dan.id, way: 'invoice', until: '2099-12-31' })
  expect(await swipe('front', 'em:6F007B0004')).toBe('ok')
  await desk.ask('signUps.finish', { id: dan.id, card: 'em:6F007B0004' })
})

test('a link is mailed anew when its page has run out, twice, and then staff is asked', async () => {
  const eve = await begun('Eve Walker', 'eve@example.org')
  const { id } = eve
  expect((await desk.refused('signUps.pay', { id, way: 'link' })).sentence).toContain('No mail is set up yet')
  const server = await withMail()
  const fay = await begun('Fay Walker', null)
  expect((await desk.refused('signUps.pay', { id: fay.id, way: 'link' })).sentence).toBe(
    'Fay Walker has no email address: add one, or show the page here.',
  )
  await desk.ask('signUps.giveUp', { id: fay.id })
  await desk.ask('signUps.bill', { id })
  await desk.ask('signUps.pay', { id, way: 'link' })
  for (const links of [1, 2, 3]) {
    await expect.poll(() => mailTo(server, 'eve@example.org').length, { timeout: 10_000 }).toBe(links)
    expect((await at(id)).fault).toBeNull()
    await desk.ask('demo.clock', { by: '+25h' })
  }
  await expect
    .poll(async () => (await at(id)).fault, { timeout: 10_000 })
    .toContain('The links that were mailed ran out')
  expect(await desk.ask('desk.todo', {})).toMatchObject({ signUps: 1 })
  expect(new Set(mailTo(server, 'eve@example.org').map(({ text }) => text)).size).toBe(3)
  // One more by a person's word; and another way ends it first.
  await desk.ask('signUps.pay', { id, way: 'link' })
  await expect.poll(() => mailTo(server, 'eve@example.org').length, { timeout: 10_000 }).toBe(4)
  const [session] = (await desk.stripe.checkout.sessions.list({ limit: 1 })).data
  expect(await desk.ask('signUps.stop', { id })).toMatchObject({ page: null, doing: null })
  expect(await desk.stripe.checkout.sessions.retrieve(session?.id ?? '')).toMatchObject({ status: 'expired' })
  await desk.sync()
  expect(await at(id)).toMatchObject({ page: null, doing: null, paid: null })
  expect(mailTo(server, 'eve@example.org')).toHaveLength(4)
})
