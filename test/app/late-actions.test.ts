// What is done about late payments, against the sandbox and a real door link: mails, marked as paid, access, bars, what is
// said of a line; and what is taken back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY } from '../../src/main/domain/time.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { StripeTrouble } from '../../src/main/stripe/port.ts'
import type { LateRow } from '../../src/preload/shapes-report.ts'
import { connect, type LinkSession } from '../door/controller.ts'
import { startMailServer } from '../notify/mail-server.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
let door: LinkSession
const NAMES = ['Paid', 'Lost', 'Mailed', 'Silent', 'Held', 'Barred'] as const
type Late = { id: string; name: string; customer: string; card: string; line: string }
const late = {} as Record<(typeof NAMES)[number], Late>

beforeAll(async () => {
  desk = await openWholeDesk()
  const { stripe, sandbox } = desk
  // The last of them is still to come when grace is over.
  const day = DAY / 1_000
  sandbox.acts.setRules({ retries: [3 * day, 2 * day, 2 * day, 7 * day] })
  const price = await desk.price('Full member')
  for (const name of NAMES) {
    const email = name === 'Silent' ? {} : { email: `${name.toLowerCase()}@late.example.org` }
    const customer = await desk.customer({ name: `Late ${name}`, ...email }, price)
    const [subscription] = (await stripe.subscriptions.list({ customer })).data
    sandbox.acts.renewalsFail(subscription?.id ?? '', 'insufficient_funds')
    late[name] = { id: '', name: `Late ${name}`, customer, card: '', line: '' }
  }
  await desk.sync()
  await desk.desk.deps.live.demo?.advance(39 * DAY)
  await desk.sync()
  const { key } = await desk.ask('doors.add', { id: 'front', driver: 'native' })
  door = await connect(desk.desk.doorsPort, { id: 'front', key: key ?? '' })
  const rows = await open()
  for (const [n, name] of NAMES.entries()) {
    const row = rows.find(({ member }) => member.name === `Late ${name}`)
    const card = `em:0D0000000${n}`
    late[name] = { ...late[name], id: row?.member.id ?? '', line: row?.id ?? '', card }
    await desk.ask('cards.add', { member: late[name].id, card })
  }
}, 120_000)
afterAll(async () => {
  expect(desk.failures).toEqual([])
  await desk.stop()
})

const open = async () => (await desk.ask('report.rows', { list: 'open', currency: 'eur', limit: 1_000 })).rows
async function rowOf({ line }: Late): Promise<LateRow> {
  const row = (await open()).find(({ id }) => id === line)
  if (row === undefined) throw new Error('it is not open any more')
  return row
}
const shown = ({ id, amount, dueAt }: LateRow) => ({ id, amount, due: dueAt })
const swipe = async ({ card }: Late) => (await door.check(card)).json as { grant: boolean; reason: string }
const opens = (who: Late) => expect.poll(async () => (await swipe(who)).grant, { timeout: 10_000 }).toBe(true)
const told = async ({ id }: Late) => (await desk.ask('members.timeline', { id })).map(({ text }) => text)
const history = async ({ line }: Late) => desk.ask('late.history', { line })
const invoiceAt = ({ line }: Late) => desk.stripe.invoices.retrieve(line)
/** How often Stripe tried to charge this customer. */
const tries = async ({ customer }: Late) => (await desk.stripe.charges.list({ customer, limit: 100 })).data.length

test('marked as paid: out of band at Stripe, no more retries, the door opens, and never twice', async () => {
  const who = late.Paid
  expect(await swipe(who)).toMatchObject({ grant: false, reason: 'lapsed' })
  const row = await rowOf(who)
  const wrong = { ...shown(row), amount: { ...row.amount, minor: row.amount.minor + 1 } }
  const refusedFirst = await desk.ask('late.paid', { lines: [wrong], how: 'transfer' })
  expect(refusedFirst).toMatchObject({ done: [], not: [{ sentence: 'It is €65.00 by now: look at the list again.' }] })
  await desk.refused('late.paid', { lines: [shown(row)], how: 'other' })
  const before = await tries(who)
  // Stripe would try again.
  expect(row.nextRetryAt).not.toBeNull()
  const paid = await desk.ask('late.paid', { lines: [shown(row)], how: 'transfer', text: 'statement 12' })
  expect(paid).toEqual({ act: null, done: [{ line: who.line, member: { id: who.id, name: who.name } }], not: [] })
  const invoice = await invoiceAt(who)
  expect([invoice.status, invoice.amount_paid_off_stripe, invoice.next_payment_attempt]).toEqual(['paid', 6500, null])
  // The mirror was read before the answer came: the list is right at once.
  expect((await open()).some(({ id }) => id === who.line)).toBe(false)
  await opens(who)
  expect(await told(who)).toContain('What was owed was marked as paid outside Stripe.')
  expect(await history(who)).toMatchObject([{ words: 'Marked as paid: Bank transfer: statement 12', act: null }])
  // Not money that a door brought in, and not in the cash box.
  expect((await desk.ask('money.recovered', {})).filter(({ member }) => member.id === who.id)).toEqual([])
  expect((await desk.ask('cash.status', {})).shift).toBeNull()
  const again = await desk.ask('late.paid', { lines: [shown(row)], how: 'transfer' })
  expect(again).toMatchObject({ done: [], not: [{ sentence: 'It is not open any more: look at the list again.' }] })
  expect(await tries(who)).toBe(before)
})

test('a reply that was lost is looked up and pays nothing twice; the others are done all the same', async () => {
  const who = late.Lost
  const port = desk.desk.deps.live.sync.stripe()
  if (port === null) throw new Error('no Stripe')
  const { markPaid, invoice } = port.money
  const cut = () =>
    Promise.reject(new StripeTrouble('offline', 'Stripe cannot be reached: it is tried again by itself.'))
  let asked = 0
  port.money.markPaid = async (...args) => {
    asked += 1
    await markPaid(...args)
    port.money.invoice = cut
    return cut()
  }
  const lines = [shown(await rowOf(who)), { ...shown(await rowOf(late.Held)), id: 'in_none' }]
  const lost = await desk.ask('late.paid', { lines, how: 'transfer' })
  expect(lost.done).toEqual([])
  expect(lost.not).toMatchObject([
    { line: 'in_none' },
    { line: who.line, sentence: expect.stringContaining('reached') },
  ])
  expect((await invoiceAt(who)).status).toBe('paid')
  expect(await history(who)).toEqual([])
  // The next click looks it up before anything else: what was lost was done.
  port.money.invoice = invoice
  const again = await desk.ask('late.paid', { lines: lines.slice(0, 1), how: 'other', text: 'not asked any more' })
  expect(again).toMatchObject({ done: [{ line: who.line }], not: [] })
  port.money.markPaid = markPaid
  expect(asked).toBe(1)
  expect((await history(who)).map(({ words }) => words)).toEqual(['Marked as paid: Bank transfer'])
  expect((await desk.ask('payments.owed', { member: who.id })).open).toBeNull()
  await opens(who)
})

test('a membership that was agreed at the desk gets one more term of the same length, once', async () => {
  const { member } = await desk.ask('members.create', { name: 'Late Agreed', emails: [], phone: '+49 30 1234' })
  const plan = (await desk.ask('plans.list', {})).find(({ name }) => name === 'Full member')?.id ?? ''
  const day = (days: number) => new Date(desk.desk.deps.now() + days * DAY).toISOString().slice(0, 10)
  const amount = { minor: 4000, currency: 'eur' }
  const agreed = { member: member?.id ?? '', plan, from: day(-13), until: day(-4), method: 'company', amount } as const
  const { id } = await desk.ask('memberships.addManual', agreed)
  const row = (await open()).find((one) => one.id === id)
  if (row === undefined) throw new Error('the term is not over')
  expect(await desk.ask('late.link', { lines: [id] }).catch((error: Error) => error.message)).toContain('mail server')
  const both = [
    await desk.ask('late.paid', { lines: [shown(row)], how: 'other', text: 'their company' }),
    await desk.ask('late.paid', { lines: [shown(row)], how: 'other', text: 'their company' }),
  ]
  expect(both.map(({ done }) => done.length)).toEqual([1, 0])
  const terms = await desk.ask('memberships.terms', { id })
  expect(terms).toMatchObject([{ method: 'company', amount, note: 'Paid in another way: their company' }, {}])
  // From today on, to where ten days after the last term end.
  expect(Date.parse(terms[0]?.until ?? '') - Date.parse(terms[1]?.until ?? '')).toBe(10 * DAY)
})

test('access until a day opens the doors of the plan and ends when it is taken back', async () => {
  const who = late.Held
  expect(await swipe(who)).toMatchObject({ grant: false })
  const until = new Date(desk.desk.deps.now() + 5 * DAY).toISOString().slice(0, 10)
  const why = 'Pays on Friday'
  await desk.refused('late.extend', { lines: [who.line], until: '2020-01-01', why })
  await desk.refused('late.extend', { lines: [who.line], until: '2099-01-01', why })
  await desk.refused('late.extend', { lines: [who.line], until, why: ' ' })
  const given = await desk.ask('late.extend', { lines: [who.line, late.Barred.line], until, why })
  expect(given.done).toHaveLength(2)
  expect(await swipe(who)).toMatchObject({ grant: true, reason: 'ok-override' })
  expect((await rowOf(who)).doors.words).toMatch(/^open until .* by somebody’s word$/)
  const [entry] = await history(who)
  expect(entry).toMatchObject({ kind: 'extended', act: given.act, lines: 2, words: expect.stringContaining(why) })
  const back = await desk.ask('late.undo', { act: given.act ?? '' })
  expect(back).toMatchObject({ act: null, not: [] })
  expect(await swipe(who)).toMatchObject({ grant: false, reason: 'lapsed' })
  expect(await history(who)).toMatchObject([{ act: null, withdrawn: { by: 'owner' } }])
  const twice = await desk.ask('late.undo', { act: given.act ?? '' })
  expect([twice.done.length, twice.not.length]).toEqual([0, 2])
  const timeline = await told(who)
  expect(timeline).toContain('Access was extended though a payment is late.')
  expect(timeline).toContain('Access given by a person was ended.')
})

test('a bar is lifted by taking it back, and one that is another by now is left alone', async () => {
  const who = late.Barred
  const lines = [who.line]
  const first = await desk.ask('late.bar', { lines, why: 'Three reminders' })
  expect((await desk.ask('members.get', { id: who.id })).bar).toMatchObject({ why: 'Three reminders' })
  expect((await rowOf(who)).doors.words).toBe('closed: barred')
  const twice = await desk.ask('late.bar', { lines, why: 'Again' })
  expect(twice).toMatchObject({ act: null, done: [], not: [{ sentence: 'Late Barred is barred already.' }] })
  await desk.ask('late.undo', { act: first.act ?? '' })
  expect((await desk.ask('members.get', { id: who.id })).bar).toBeNull()
  const second = await desk.ask('late.bar', { lines, why: 'Once more' })
  await desk.ask('members.liftBar', { member: who.id })
  await desk.ask('members.bar', { member: who.id, why: 'Something else' })
  const other = await desk.ask('late.undo', { act: second.act ?? '' })
  expect(other.not).toMatchObject([{ sentence: expect.stringContaining('lifted or changed since') }])
  expect((await desk.ask('members.get', { id: who.id })).bar).toMatchObject({ why: 'Something else' })
  await desk.refused('late.undo', { act: 'none' })
})

test('note, who is on it and put off stand with the row; taking back brings what stood before', async () => {
  const who = late.Held
  const lines = [who.line]
  await desk.ask('late.note', { lines, text: 'Called, nobody there' })
  const second = await desk.ask('late.note', { lines: [...lines, late.Silent.line, 'in_none'], text: 'Called again' })
  expect(second.done).toHaveLength(2)
  expect(second.not).toMatchObject([{ line: 'in_none', again: false }])
  await desk.ask('late.assign', { lines, to: 'Bo' })
  const tomorrow = new Date(desk.desk.deps.now() + 2 * DAY).toISOString().slice(0, 10)
  await desk.refused('late.snooze', { lines, until: '2020-01-01' })
  await desk.refused('late.snooze', { lines, until: 'soon' })
  const put = await desk.ask('late.snooze', { lines, until: tomorrow })
  expect(await rowOf(who)).toMatchObject({ note: 'Called again', assignee: 'Bo' })
  expect((await rowOf(who)).snoozedUntil).not.toBeNull()
  const asked = { list: 'open', currency: 'eur' } as const
  const bos = await desk.ask('report.rows', { ...asked, assignee: 'Bo' })
  expect(bos).toMatchObject({ total: 1, sum: { minor: 6500 }, putOff: { count: 1, amount: { minor: 6500 } } })
  expect(await desk.ask('report.rows', { ...asked, assignee: 'Bo', hideSnoozed: true })).toMatchObject({
    ...{ total: 0, sum: { minor: 0 }, putOff: { count: 1, amount: { minor: 6500 } } },
  })
  await desk.ask('late.undo', { act: put.act ?? '' })
  await desk.ask('late.undo', { act: second.act ?? '' })
  expect(await rowOf(who)).toMatchObject({ note: 'Called, nobody there', snoozedUntil: null })
  expect((await rowOf(late.Silent)).note).toBeNull()
})

test('a link and a text go by mail once a person and a day; whoever has no address is told at the desk', async () => {
  const server = await startMailServer()
  const { db } = desk.desk.deps.live
  const way = { host: '127.0.0.1', port: server.port, security: 'none', user: null, senderName: 'Space', staff: [] }
  const lines = [late.Mailed.line, late.Silent.line]
  const mail = { subject: '{amount} is open', text: 'Hello {name},\n\n{plan}, due {due}.\n\n{link}' }
  expect((await desk.refused('late.link', { lines })).sentence).toContain('No mail server')
  writeSetting(db, 'mail', { ...way, senderAddress: 'desk@space.example' }, desk.desk.deps.now())
  const sent = await desk.ask('late.link', { lines })
  expect(sent.done).toMatchObject([{ member: { name: 'Late Mailed' } }])
  expect(sent.not).toMatchObject([
    { sentence: 'Late Silent has no email address: tell them at the desk.', again: false },
  ])
  const soon = await desk.ask('late.mail', { lines: [late.Mailed.line], ...mail })
  expect(soon).toMatchObject({
    act: null,
    done: [],
    not: [{ again: true, sentence: expect.stringContaining('today') }],
  })
  const preview = await desk.ask('late.preview', { line: late.Mailed.line, ...mail })
  expect(preview).toMatchObject({ to: 'mailed@late.example.org', subject: '€65.00 is open' })
  expect(preview.text).toMatch(/^Hello Late Mailed,\n\nFull member, due .*\n\nhttp/)
  const meant = await desk.ask('late.mail', { lines: [late.Mailed.line], ...mail, again: true })
  expect(meant.done).toHaveLength(1)
  await expect.poll(() => server.arrived.length, { timeout: 10_000 }).toBe(2)
  expect(server.arrived.map(({ to, mail: { subject } }) => [...to, subject]).toSorted()).toEqual([
    ['mailed@late.example.org', 'Your payment of €65.00 to Our space'],
    ['mailed@late.example.org', '€65.00 is open'],
  ])
  expect((await history(late.Mailed)).map(({ words }) => words)).toEqual([
    'Mailed: €65.00 is open',
    'The payment link was mailed',
  ])
  await desk.refused('late.mail', { lines, ...mail, text: 'Dear {iban}' })
  await desk.refused('late.preview', { line: late.Mailed.line, ...mail, subject: ' ' })
  writeSetting(db, 'mail', null, desk.desk.deps.now())
})

test('texts are kept and dropped; a call list has numbers first', async () => {
  expect((await desk.ask('late.templates', {})).length).toBeGreaterThan(1)
  const kept = { name: 'Short', subject: '{amount}', text: 'Please pay, {name}: {link}' }
  expect((await desk.ask('late.keepTemplate', kept)).at(-1)).toEqual(kept)
  await desk.refused('late.keepTemplate', { ...kept, text: '{nme}' })
  expect((await desk.ask('late.dropTemplate', { name: 'Short' })).some(({ name }) => name === 'Short')).toBe(false)
  await desk.refused('late.dropTemplate', { name: 'Short' })
  await desk.ask('members.update', { id: late.Held.id, phone: '+49 30 555' })
  const list = await desk.ask('late.callList', { lines: [late.Silent.line, late.Held.line] })
  expect(list.call).toMatchObject([{ phone: '+49 30 555', member: { name: 'Late Held' }, amount: { minor: 6500 } }])
  expect(list.desk).toMatchObject([{ phone: null, member: { name: 'Late Silent' } }])
  const [head, first, second] = list.file.csv.split('\r\n')
  expect(head).toMatch(/^Phone,Name,/)
  expect(first).toMatch(/^\+49 30 555,Late Held,,65.00,EUR,Full member,/)
  expect(second).toMatch(/^Tell them at the desk,Late Silent,/)
})

test('what was marked as paid is not tried again, whatever time passes; what was not is', async () => {
  const [paid, other] = [await tries(late.Paid), await tries(late.Held)]
  await desk.desk.deps.live.demo?.advance(9 * DAY)
  expect([await tries(late.Paid), (await tries(late.Held)) > other]).toEqual([paid, true])
})
