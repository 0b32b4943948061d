// What people tell of themselves and what they sign, at one desk on the sandbox: in a sign-up, later, and when two are one.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memberShow } from '../../src/main/commands/member-show.ts'
import { addressOf } from '../../src/main/store/outbox.ts'
import type { Refusal } from '../../src/preload/contract.ts'
import type { DetailChanges, Strokes } from '../../src/preload/shapes-details.ts'
import type { SignUp } from '../../src/preload/shapes-sign-up.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

const DRAWN: Strokes = [
  [
    [20, 100],
    [80, 40],
    [140, 120],
  ],
]
const CHILD: DetailChanges = { birthDate: '2099-01-01' }
const CHILD_AND_GUARDIAN: DetailChanges = { ...CHILD, guardianName: 'Eva Ruiz', guardianPhone: '030 1' }

let desk: WholeDesk
let plan: string

beforeAll(async () => {
  desk = await openWholeDesk()
  await desk.sync()
  plan = (await desk.ask('signUps.plans', {})).find(({ name }) => name === 'Full member')?.id ?? ''
  const { now } = await desk.ask('desk.get', {})
  CHILD_AND_GUARDIAN.birthDate = CHILD.birthDate = `${Number(now.slice(0, 4)) - 12}-01-01`
})
afterAll(async () => {
  expect(desk.failures).toEqual([])
  await desk.stop()
})

const faults = ({ detail }: Refusal) => Object.keys((detail as { fields: Record<string, string> }).fields)
async function begun(args: Parameters<typeof start>[0]): Promise<SignUp> {
  const { signUp } = await start(args)
  if (signUp === null) throw new Error('no sign-up')
  return signUp
}
const start = (args: { name: string; emails?: string[]; same?: string; phone?: string; details?: DetailChanges }) =>
  desk.ask('signUps.start', args)
const waiverOf = (id: string) => desk.ask('members.waiver', { id })
const detailsOf = (id: string) => desk.ask('members.details', { id })
const customersNamed = async (name: string) =>
  (await desk.stripe.customers.list({ limit: 100 })).data.filter((one) => one.name === name)

test('what cannot be so is said beside each field, before anybody is made or Stripe is asked', async () => {
  const refused = await desk.refused('signUps.start', {
    name: 'Ida Kolb',
    emails: ['ida@nowhere'],
    phone: 'ask her',
    details: { emergencyName: 'Ben', birthDate: '2031-02-31', guardianEmail: 'x' },
  })
  expect(refused.code).toBe('bad-request')
  expect(faults(refused)).toEqual(['email', 'phone', 'emergencyPhone', 'birthDate', 'guardianEmail'])
  expect(refused.sentence).toMatch(/^This is no email address/)
  expect((await desk.ask('members.list', { query: 'Ida Kolb' })).total).toBe(0)
  expect(await customersNamed('Ida Kolb')).toEqual([])
})

test('a person of one name and no email signs up; what they told is theirs, and in no list', async () => {
  const details = { emergencyName: 'Ben', emergencyPhone: '112', company: ' Kolb ', birthDate: '1990-12-03' }
  const { member, step } = await begun({ name: 'Ida', details })
  expect(step).toBe('plan')
  const id = member?.id ?? ''
  expect(await detailsOf(id)).toMatchObject({ ...details, company: 'Kolb', isMinor: false, ofAgeOn: '2008-12-03' })
  const panel = await desk.ask('members.get', { id })
  expect(JSON.stringify([panel, await desk.ask('members.list', { query: 'Ida' })])).not.toContain('1990-12-03')
  await desk.ask('members.setDetails', { id, changes: { company: '', heard: 'a friend' } })
  expect(await detailsOf(id)).toMatchObject({ company: '', heard: 'a friend', emergencyName: 'Ben' })
  await desk.ask('members.setDetails', { id, changes: { emergencyName: '\u202EBen\u202C ' } })
  expect((await detailsOf(id)).emergencyName).toBe('Ben')
  const refused = await desk.refused('members.setDetails', { id, changes: { emergencyPhone: '' } })
  expect(faults(refused)).toEqual(['emergencyPhone'])
  const told = await desk.ask('members.timeline', { id })
  expect(told.filter(({ text }) => text === 'What they tell of themselves was changed.')).toHaveLength(2)
  // The log of actions is for ever: it names fields, and nothing that they told.
  const actions = desk.desk.deps.live.db
    .prepare("SELECT detail FROM action WHERE kind = 'details-changed'")
    .pluck()
    .all()
  expect(actions.at(-1)).toBe('{"fields":["company","heard"]}')
})

test('who has begun and not paid goes on; an email that several people share asks who', async () => {
  const first = await begun({ name: 'Ana Ruiz', emails: ['ruiz@example.org'] })
  const asked = await start({ name: 'Ana', emails: ['RUIZ@example.org'] })
  expect(asked.signUp).toBeNull()
  expect(asked.begun).toEqual([
    { member: first.member?.id, sentence: 'Ana Ruiz began to sign up today and has not paid: go on.' },
  ])
  const again = await begun({
    name: 'Ana',
    emails: ['ana@example.org'],
    same: first.member?.id ?? '',
    phone: '030 1234567',
  })
  expect(again.id).toBe(first.id)
  const panel = await desk.ask('members.get', { id: first.member?.id ?? '' })
  expect(panel).toMatchObject({
    name: 'Ana Ruiz',
    emails: ['ruiz@example.org', 'ana@example.org'],
    phone: '030 1234567',
  })
  await begun({ name: 'Leo Ruiz', emails: ['ruiz@example.org'], same: 'new' })
  const which = await start({ name: 'Mia Ruiz', emails: ['ruiz@example.org'] })
  expect(which.candidates.map(({ name }) => name).toSorted()).toEqual(['Ana Ruiz', 'Leo Ruiz'])
  expect(which.begun).toHaveLength(2)
})

test('how somebody was reached before is no reason against them, only what is typed now', async () => {
  const args = { name: 'Odd Phone', emails: [], phone: 'ask at the bar' }
  const { member } = await desk.ask('members.create', args)
  const { signUp } = await desk.ask('signUps.start', { member: member?.id ?? '' })
  expect(signUp?.step).toBe('plan')
  const typed = { id: signUp?.id ?? '', phone: 'ask Ben' }
  expect(faults(await desk.refused('signUps.details', typed))).toEqual(['phone'])
  await desk.ask('signUps.details', { ...typed, phone: '030 7654321' })
  expect((await desk.ask('members.get', { id: member?.id ?? '' })).phone).toBe('030 7654321')
})

test('what a space asks for is asked before a plan, also of somebody who is here', async () => {
  const usual = await desk.ask('details.asked', {})
  expect(usual.kinds).toMatchObject({ email: 'asked', emergency: 'asked', birthDate: 'more' })
  const { id, member } = await begun({ name: 'Old Friend' })
  await desk.ask('details.setAsked', { ...usual, kinds: { ...usual.kinds, emergency: 'required', email: 'required' } })
  expect(faults(await desk.refused('signUps.start', { name: 'New Friend' }))).toEqual([
    'email',
    'emergencyName',
    'emergencyPhone',
  ])
  // Known since before the space asked: it is at the step before the plan again, also after a restart.
  expect((await desk.ask('signUps.get', { id })).step).toBe('person')
  expect((await desk.refused('signUps.plan', { id, plan })).sentence).toContain('Old Friend yet: fill it in first')
  expect(faults(await desk.refused('signUps.details', { id, email: 'old@example.org' }))).toHaveLength(2)
  const details = { emergencyName: 'Ben', emergencyPhone: '112' }
  expect(await desk.ask('signUps.details', { id, email: 'old@example.org', details })).toMatchObject({ step: 'plan' })
  expect((await desk.ask('members.get', { id: member?.id ?? '' })).emails).toEqual(['old@example.org'])
  await desk.ask('signUps.plan', { id, plan })
  await desk.ask('details.setAsked', usual)
})

test('somebody under age has a guardian, who signs, pays and is called', async () => {
  const refused = await desk.refused('signUps.start', { name: 'Kid Ruiz', details: CHILD })
  expect(faults(refused)).toEqual(['guardianName', 'guardianPhone'])
  const guardian = { guardianName: 'Eva Ruiz', guardianPhone: '+49 30 555', guardianEmail: 'eva@example.org' }
  const { id, member } = await begun({
    name: 'Kid Ruiz',
    emails: ['kid@example.org'],
    details: { ...CHILD, ...guardian },
  })
  const kid = member?.id ?? ''
  expect((await detailsOf(kid)).isMinor).toBe(true)
  expect(await desk.ask('details.isMinor', { birthDate: CHILD.birthDate ?? '' })).toEqual({ isMinor: true })
  expect(await desk.ask('details.isMinor', { birthDate: '1990-12-03' })).toEqual({ isMinor: false })
  await desk.ask('signUps.plan', { id, plan })
  await desk.ask('signUps.terms', { id, version: '1', by: 'Eva Ruiz' })
  await desk.ask('signUps.bill', { id })
  const [customer] = await customersNamed('Kid Ruiz')
  expect(customer).toMatchObject({ email: 'eva@example.org', phone: '+49 30 555' })
  const { db } = desk.desk.deps.live
  const mailTo = () => addressOf(db, { memberId: kid, recipient: null, createdAt: desk.desk.deps.now() })
  expect(mailTo()).toEqual({ name: 'Eva Ruiz', address: 'eva@example.org' })
  await desk.ask('members.setDetails', { id: kid, changes: { guardianCalled: false } })
  expect(mailTo()).toEqual({ name: 'Kid Ruiz', address: 'kid@example.org' })
})

test('a waiver is signed with the terms, by whoever signs; whoever signed an older one is on the list', async () => {
  const noWaiver = { version: null, text: null, url: null }
  expect((await desk.refused('waiver.set', { ...noWaiver, version: ' ' })).sentence).toContain('a version')
  expect((await desk.refused('waiver.set', { ...noWaiver, version: '1' })).sentence).toContain('the text')
  expect((await desk.refused('waiver.set', { ...noWaiver, version: '1', url: 'x' })).sentence).toContain('web address')
  const one = { version: '2025-1', text: 'Saws are sharp.', url: null }
  expect(await desk.ask('waiver.set', one)).toEqual(one)

  const guardian = { guardianName: 'Eva Ruiz', guardianPhone: '+49 30 555' }
  const { id, member } = await begun({ name: 'Tim Ruiz', details: { ...CHILD, ...guardian } })
  const tim = member?.id ?? ''
  await desk.ask('signUps.plan', { id, plan })
  const terms = { id, version: '1', by: 'Eva Ruiz' }
  expect((await desk.refused('signUps.terms', terms)).sentence).toContain('2025-1 has to be signed first')
  expect(await waiverOf(tim)).toEqual({
    sentence: 'Waiver 2025-1 is not signed yet.',
    due: true,
    present: one,
    signer: { as: 'guardian', name: 'Eva Ruiz' },
  })
  const sign = { id: tim, version: '2025-1', as: 'guardian', name: 'Eva Ruiz', strokes: DRAWN } as const
  for (const [wrong, said] of [
    [{ version: '2024-1' }, 'version 2025-1 by now'],
    [{ name: ' ' }, 'the name of whoever signs'],
    [{ as: 'person' }, 'under age: the guardian signs'],
    [{ strokes: [] }, 'Nothing was signed yet'],
    [{ strokes: [[[5, 5]]] }, 'Nothing was signed yet'],
  ] as const)
    expect((await desk.refused('members.signWaiver', { ...sign, ...wrong } as never)).sentence).toContain(said)
  // What is no signature at all does not come in.
  for (const strokes of [[[[700, 5]]], [[[1.5, 5]]], [[]], 'x', [['a']]])
    expect((await desk.refused('members.signWaiver', { ...sign, strokes } as never)).code).toBe('bad-request')
  await desk.ask('members.signWaiver', sign)
  expect((await waiverOf(tim)).sentence).toBe('Waiver 2025-1 signed today by Eva Ruiz (guardian).')
  expect((await detailsOf(tim)).signatures).toMatchObject([{ version: '2025-1', as: 'guardian', strokes: DRAWN }])
  await desk.ask('signUps.terms', terms)
  await desk.ask('signUps.agree', { id, way: 'cash', until: '2099-12-31' })

  expect((await desk.refused('waiver.set', { ...one, text: 'Saws are blunt.' })).sentence).toContain('a new version')
  await desk.ask('waiver.set', { ...one, version: '2026-1', text: null, url: 'https://example.org/waiver' })
  expect((await waiverOf(tim)).sentence).toMatch(/signed today by Eva Ruiz \(guardian\)\. Version 2026-1 is in force/)
  expect(await desk.inbox('waiver-older')).toMatchObject([{ action: 'open-member', member: { id: tim } }])
  expect((await desk.ask('members.list', { olderWaiver: true })).rows.map((row) => row.name)).toEqual(['Tim Ruiz'])
  // By the keyboard the name is typed.
  await desk.ask('members.signWaiver', { ...sign, version: '2026-1', strokes: null })
  expect(await waiverOf(tim)).toMatchObject({ due: false, sentence: expect.stringContaining('2026-1 signed today') })
  expect(await desk.inbox('waiver-older')).toEqual([])
  await desk.ask('waiver.set', noWaiver)
  expect(await desk.ask('waiver.get', {})).toBeNull()
})

test('somebody under age for whom no rules were set is told of until there are some, also that they may come alone', async () => {
  const panel = (member: string) => desk.ask('members.get', { id: member })
  const { id, member } = await begun({ name: 'Mia Ruiz', details: CHILD_AND_GUARDIAN })
  const mia = member?.id ?? ''
  const ofAge = `${Number(CHILD.birthDate?.slice(0, 4)) + 18}-01-01`
  expect((await panel(mia)).unruledMinor).toBe(true)
  expect((await detailsOf(mia)).ofAgeOn).toBe(ofAge)
  // Who has neither card nor membership comes in nowhere.
  const told = async () =>
    (await desk.inbox('minor-without-rules')).filter((row) => row.member?.id === mia).map((row) => row.sentence)
  expect(await told()).toEqual([])
  await desk.ask('signUps.plan', { id, plan })
  await desk.ask('signUps.terms', { id, version: '1', by: 'Eva Ruiz' })
  await desk.ask('signUps.agree', { id, way: 'cash', until: '2099-12-31' })
  expect(await told()).toEqual([expect.stringMatching(/^Mia Ruiz is under age, and comes in like everybody else\./)])
  const alone = { member: mia, ofAge, guardianNeeded: false, hours: null, guardians: [] }
  await desk.ask('members.setMinor', alone)
  expect([await told(), (await panel(mia)).unruledMinor]).toEqual([[], false])
  await desk.ask('members.clearMinor', { member: mia })
  expect(await told()).toHaveLength(1)
  // A mistyped year.
  await desk.ask('members.setDetails', { id: mia, changes: { birthDate: '1990-01-01' } })
  expect([await told(), (await panel(mia)).unruledMinor]).toEqual([[], false])
})

test('many under age without rules share one row beyond ten, which leads to all of them', async () => {
  for (let n = 0; n < 12; n++) {
    const { id, member } = await begun({ name: `Child Number${n}`, details: CHILD_AND_GUARDIAN })
    await desk.ask('signUps.plan', { id, plan })
    await desk.ask('signUps.terms', { id, version: '1', by: 'Eva Ruiz' })
    await desk.ask('signUps.agree', { id, way: 'cash', until: '2099-12-31' })
    // Whoever became somebody else counts as that one.
    if (n === 11) {
      const { member: copy } = await desk.ask('members.create', { name: 'Copy', emails: [], phone: null })
      await desk.ask('members.merge', { keep: copy?.id ?? '', from: member?.id ?? '' })
    }
  }
  const rows = await desk.inbox('minor-without-rules')
  expect(rows.map(({ action }) => action).toSorted()).toEqual([
    ...Array(1).fill('open-list'),
    ...Array(10).fill('open-member'),
  ])
  const listed = await desk.ask('members.list', { unruledMinors: true })
  expect(rows.find(({ action }) => action === 'open-list')).toMatchObject({
    subject: 'unruled-minors',
    sentence: expect.stringMatching(new RegExp(`^${listed.total - 10} more p`)),
  })
  expect(listed.rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['Child Number0', 'Copy']))
  expect(listed.rows.some(({ name }) => name === 'Child Number11')).toBe(false)
})

test('of two who were one everything counts, and the undo gives each their own again', async () => {
  const people: string[] = []
  for (const [name, details] of [
    ['Sam One', { company: 'One', emergencyName: 'Ben', emergencyPhone: '112' }],
    ['Sam Two', { company: 'Two', heard: 'a fair' }],
  ] as const)
    people.push((await begun({ name, details })).member?.id ?? '')
  const [keep = '', from = ''] = people
  await desk.ask('waiver.set', { version: 'M', text: 'x', url: null })
  await desk.ask('members.signWaiver', { id: from, version: 'M', as: 'person', name: 'Sam', strokes: null })
  const { merge } = await desk.ask('members.merge', { keep, from })
  expect(await detailsOf(keep)).toMatchObject({ company: 'One', heard: 'a fair', emergencyName: 'Ben' })
  expect((await waiverOf(keep)).due).toBe(false)
  await desk.ask('members.unmerge', { merge })
  expect(await detailsOf(keep)).toMatchObject({ company: 'One', heard: '', signatures: [] })
  expect([(await waiverOf(keep)).due, (await waiverOf(from)).due]).toEqual([true, false])
  // By the command line as well.
  const call = desk.ask as never
  const show = (who: string) =>
    memberShow.run({ desk: { call: asked(call) } as never, values: {}, positionals: [who], stdin: async () => '' })
  expect(await show(from)).toMatchObject({ ok: true, value: { json: { name: 'Sam Two', waiver: { due: false } } } })
  expect(JSON.stringify(await show(keep))).toContain('emergency name   Ben')
  expect(await show('nobody@example.org')).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
  expect(await show('RUIZ@example.org')).toMatchObject({ ok: false, refusal: { code: 'ambiguous' } })
  await desk.ask('waiver.set', { version: null, text: null, url: null })
})

/** As a command asks. */
function asked(ask: (name: string, args: unknown) => Promise<unknown>) {
  return async (name: string, args: unknown) => ({ ok: true, value: await ask(name, args) })
}
