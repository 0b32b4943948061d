// Who is whom: found before made, merged and back, kept apart, put away; what waits in the inbox about it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
beforeAll(async () => {
  desk = await openWholeDesk()
})
afterAll(async () => {
  await desk.stop()
  expect(desk.failures).toEqual([])
})

const create = (name: string, emails: string[] = [], same?: string) =>
  desk.ask('members.create', { name, emails, phone: null, ...(same === undefined ? {} : { same }) })
const idOf = async (name: string, emails: string[] = [], same?: string) => {
  const { member } = await create(name, emails, same)
  if (member === null) throw new Error(`${name} was not made`)
  return member.id
}
/** Everything that hangs on people, row by row. */
const rows = () =>
  ['member', 'member_email', 'member_customer', 'membership_cover', 'membership', 'access_override'].map((table) =>
    desk.desk.deps.live.db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
  )

describe('a person is found before one is made', () => {
  test('an email in another spelling is the same email, and asks who', async () => {
    const first = await idOf('Nora Quist', ['Nora.Quist@Example.org '])
    const { member, candidates } = await create('Nora Q.', [' nora.quist@example.ORG'])
    expect([member, candidates.map(({ id }) => id)]).toEqual([null, [first]])
    expect((await create('Nora Q.', ['nora.quist@example.org'], first)).member?.id).toBe(first)
    // The spelling that was first given is kept.
    expect((await desk.ask('members.get', { id: first })).emails).toEqual(['Nora.Quist@Example.org'])
  })

  test('siblings may share one address, and each is found by it', async () => {
    const one = await idOf('Pia Holm', ['family@example.org'])
    const other = await idOf('Olle Holm', ['family@example.org'], 'new')
    const found = await desk.ask('members.search', { text: 'family@example.org' })
    expect(found.map(({ id }) => id).toSorted()).toEqual([one, other].toSorted())
    expect((await desk.inbox('shared-email')).some(({ subject }) => subject.includes(one))).toBe(true)
  })

  test('someone without email, phone or Stripe is a person too', async () => {
    const id = await idOf('Cash Only')
    expect(await desk.ask('members.get', { id })).toMatchObject({ emails: [], phone: null, standing: 'ended' })
    expect((await desk.inbox('here-without-stripe')).find(({ subject }) => subject === id)).toMatchObject({
      action: 'add-membership',
      step: 'Agreeing on a membership',
    })
  })

  test('no name, or a text that is no email, is refused with what to do', async () => {
    await desk.refused('members.create', { name: ' ', emails: [], phone: null })
    const { sentence } = await desk.refused('members.create', { name: 'X Y', emails: ['nonsense'], phone: null })
    expect(sentence).toContain('"nonsense" is no email address')
  })
})

describe('a name', () => {
  const TURNED = '\u202EMia\u200B  Falk\u202C\0'
  const nameOf = async (id: string) => (await desk.ask('members.get', { id })).name

  test('is kept without what nobody sees, when somebody is made and when they are changed', async () => {
    const id = await idOf(TURNED, ['\u200Emia.falk@example.org\u200F'])
    expect(await desk.ask('members.get', { id })).toMatchObject({ name: 'Mia Falk', emails: ['mia.falk@example.org'] })
    await desk.ask('members.update', { id, name: 'Mia\u2066 Falke', phone: '\u202A+49 170 555\u202C' })
    expect(await desk.ask('members.get', { id })).toMatchObject({ name: 'Mia Falke', phone: '+49 170 555' })
    await desk.refused('members.update', { id, name: '\u200B' })
    await desk.refused('members.create', { name: '\u202E\u202C', emails: [], phone: null })
  })

  test('has an end', async () => {
    const long = 'x'.repeat(201)
    const { sentence } = await desk.refused('members.create', { name: long, emails: [], phone: null })
    expect(sentence).toContain('200')
    const id = await idOf(long.slice(1))
    await desk.refused('members.update', { id, name: long })
    expect(await nameOf(id)).toBe(long.slice(1))
    // One that came from Stripe may be longer, and does not hold up other changes.
    desk.desk.deps.live.db.prepare('UPDATE member SET name = ? WHERE id = ?').run(long, id)
    expect((await desk.ask('members.update', { id, name: long, phone: '112 112' })).name).toBe(long)
  })

  test('that comes from Stripe is cleaned before it is a name here', async () => {
    const price = await desk.price('Full member')
    await desk.customer({ name: '\u202EUna\u2069  Berg', email: 'una@example.org' }, price)
    await desk.customer({ name: '\u200B', email: 'una.two@example.org' }, price)
    await desk.sync()
    const names = (await desk.ask('members.search', { text: 'una' })).map(({ name }) => name)
    expect(names.toSorted()).toEqual(['Una Berg', 'una.two@example.org'])
  })

  test('of whoever is asked about is shown clean as well', async () => {
    const address = 'band@example.org'
    for (let n = 0; n < 2; n++) await idOf('Cy Band', [address], 'new')
    const customer = await desk.customer({ name: 'Cy\u202E Band', email: address }, await desk.price('Full member'))
    await desk.sync()
    const row = (await desk.inbox('who-is-this')).find(({ subject }) => subject === customer)
    expect(row?.sentence).toMatch(/^(Cy Band) pays in Stripe/)
  })
})

describe('two people who are one', () => {
  test('are merged, with cards and memberships, and the undo puts every row back', async () => {
    const price = await desk.price('Full member')
    await desk.customer({ name: 'Vera Moll', email: 'vera@example.org' }, price)
    await desk.sync()
    const keep = (await desk.ask('members.search', { text: 'vera@example.org' }))[0]?.id ?? ''
    const from = await idOf('Vera Moll', ['vera@work.example.org'])
    await desk.ask('cards.add', { member: from, card: 'em:0A00000001' })
    const before = rows()
    const { merge, member } = await desk.ask('members.merge', { keep, from })
    expect(member).toMatchObject({ id: keep, standing: 'current', credentials: ['em:0A00000001'] })
    expect(member.emails.toSorted()).toEqual(['vera@example.org', 'vera@work.example.org'])
    expect(await desk.ask('members.search', { text: 'vera@work.example.org' })).toHaveLength(1)
    expect((await desk.ask('members.merges', {})).map((one) => one.merge)).toContain(merge)

    await desk.ask('members.unmerge', { merge })
    expect(rows()).toEqual(before)
    expect((await desk.ask('members.get', { id: from })).cards.map(({ canonical }) => canonical)).toEqual([
      'em:0A00000001',
    ])
    expect((await desk.ask('members.get', { id: keep })).cards).toEqual([])
    await desk.refused('members.unmerge', { merge })
  })

  test('who were said to be two are never offered or merged again', async () => {
    const a = await idOf('Tom Berg', ['berg@example.org'])
    const b = await idOf('Tim Berg', ['berg@example.org'], 'new')
    expect((await desk.inbox('shared-email')).some(({ subject }) => subject.includes(a))).toBe(true)
    await desk.ask('members.different', { a: b, b: a })
    expect((await desk.inbox('shared-email')).some(({ subject }) => subject.includes(a))).toBe(false)
    const { sentence } = await desk.refused('members.merge', { keep: a, from: b })
    expect(sentence).toContain('marked as different people')
  })

  test('six at one address are one row, which asks about two at a time and is there again when a seventh comes', async () => {
    const office = 'office@firm.example.org'
    const names = ['Aa', 'Bb', 'Cc', 'Dd', 'Ee', 'Ff'].map((name) => `${name} Firm`)
    for (const name of names) await idOf(name, [office], 'new')
    const mine = async () => (await desk.inbox('shared-email')).filter(({ subject }) => subject === office)
    const [row] = await mine()
    expect(row).toMatchObject({ action: 'merge', sentence: expect.stringContaining(`6 people share ${office}`) })
    expect(await mine()).toHaveLength(1)
    const [a, b] = row?.candidates ?? []
    expect((await desk.inbox('shared-email')).filter(({ subject }) => subject.includes(a?.id ?? ''))).toEqual([])
    await desk.ask('members.different', { a: a?.id ?? '', b: b?.id ?? '' })
    const [next] = await mine()
    expect([next?.id, next?.candidates.map(({ id }) => id)]).not.toEqual([row?.id, [a?.id, b?.id]])
    await desk.ask('inbox.putAway', { id: next?.id ?? '' })
    expect(await mine()).toEqual([])
    await idOf('Gg Firm', [office], 'new')
    expect(await mine()).toMatchObject([{ sentence: expect.stringContaining('7 people') }])
  })

  test('who share a phone number or a name and email are offered, with the reason', async () => {
    const one = await desk.ask('members.create', { name: 'Ines Ruiz', emails: [], phone: '+49 30 555-0199' })
    const other = await desk.ask('members.create', { name: 'I. Ruiz', emails: [], phone: '0305550199', same: 'new' })
    const pairs = await desk.ask('members.duplicates', {})
    const pair = pairs.find(({ a, b }) => [a.id, b.id].includes(one.member?.id ?? ''))
    expect([pair?.because, [pair?.a.id, pair?.b.id].toSorted()]).toEqual([
      ['same phone number'],
      [one.member?.id, other.member?.id].toSorted(),
    ])
  })
})

describe('putting a person away', () => {
  test('is refused while a membership or a card of theirs lives, and loses nothing', async () => {
    const [current] = (await desk.ask('members.list', { standing: 'current' })).rows
    expect((await desk.refused('members.archive', { id: current?.id ?? '' })).sentence).toContain(
      'still has a membership',
    )
    const id = await idOf('Gone Soon', ['gone@example.org'])
    await desk.ask('cards.add', { member: id, card: 'em:0A00000002' })
    expect((await desk.refused('members.archive', { id })).sentence).toContain('still holds a card')
    await desk.ask('cards.revoke', { card: 'em:0A00000002', reason: 'returned' })
    await desk.ask('members.archive', { id })
    expect(await desk.ask('members.search', { text: 'gone@example.org' })).toEqual([])
    expect(await desk.ask('members.get', { id })).toMatchObject({ name: 'Gone Soon' })
    await desk.ask('members.restore', { id })
    expect(await desk.ask('members.search', { text: 'gone@example.org' })).toHaveLength(1)
  })
})

describe('a Stripe customer', () => {
  test('with the name of somebody who has the email is that person; with another name someone new, and staff are told', async () => {
    const price = await desk.price('Full member')
    const here = await idOf('Lena Voss', ['voss@example.org'])
    await desk.customer({ name: 'LENA  VOSS', email: 'Voss@example.org' }, price)
    await desk.customer({ name: 'Karl Voss', email: 'voss@example.org' }, price)
    await desk.sync()
    const found = await desk.ask('members.search', { text: 'voss@example.org' })
    expect(found.map(({ name, standing }) => [name, standing]).toSorted()).toEqual([
      ['Karl Voss', 'current'],
      ['Lena Voss', 'current'],
    ])
    expect((await desk.inbox('shared-email')).some(({ subject }) => subject.includes(here))).toBe(true)
  })

  test('without a name whose email several people use waits for an answer, and the answer is kept', async () => {
    const price = await desk.price('Full member')
    const one = await idOf('Rosa Lind', ['lind@example.org'])
    await idOf('Emil Lind', ['lind@example.org'], 'new')
    const customer = await desk.customer({ email: 'lind@example.org' }, price)
    await desk.sync()
    const row = (await desk.inbox('who-is-this')).find(({ subject }) => subject === customer)
    expect(row).toMatchObject({ action: 'choose-person', step: 'Saying who this is' })
    expect(row?.candidates.map(({ name }) => name).toSorted()).toEqual(['Emil Lind', 'Rosa Lind'])
    const { member } = await desk.ask('members.claimCustomer', { customer, member: one })
    expect(member).toMatchObject({ id: one, name: 'Rosa Lind', standing: 'current' })
    expect((await desk.inbox('who-is-this')).some(({ subject }) => subject === customer)).toBe(false)
    await desk.refused('members.claimCustomer', { customer, member: null })
  })

  test('that carries our own id is that person, whatever its name and email', async () => {
    const price = await desk.price('Full member')
    const id = await idOf('Our Own')
    const customer = await desk.customer({ name: 'Somebody Else', email: 'else@example.org' })
    await desk.stripe.customers.update(customer, { metadata: { latchkey_member: id } })
    await desk.stripe.subscriptions.create({ customer, items: [{ price }] })
    await desk.sync()
    expect(await desk.ask('members.get', { id })).toMatchObject({ name: 'Our Own', standing: 'current' })
  })

  test('who is renamed renames the person, until the desk wrote a name of its own', async () => {
    const customer = await desk.customer(
      { name: 'Old Name', email: 'renamed@example.org' },
      await desk.price('Full member'),
    )
    await desk.sync()
    const id = (await desk.ask('members.search', { text: 'renamed@example.org' }))[0]?.id ?? ''
    await desk.stripe.customers.update(customer, { name: 'New Name' })
    await desk.sync()
    expect((await desk.ask('members.get', { id })).name).toBe('New Name')
    await desk.ask('members.update', { id, name: 'What They Want' })
    await desk.stripe.customers.update(customer, { name: 'Stripe Again' })
    await desk.sync()
    expect((await desk.ask('members.get', { id })).name).toBe('What They Want')
  })
})

describe('the inbox', () => {
  test('lists who has paid and has no card, until they have one', async () => {
    await desk.customer({ name: 'No Card', email: 'nocard@example.org' }, await desk.price('Full member'))
    await desk.sync()
    const id = (await desk.ask('members.search', { text: 'nocard@example.org' }))[0]?.id ?? ''
    const mine = async () => (await desk.inbox('paid-without-card')).filter(({ subject }) => subject === id)
    expect(await mine()).toMatchObject([{ action: 'enrol-card', member: { name: 'No Card' } }])
    await desk.ask('cards.add', { member: id, card: 'em:0A00000003' })
    expect(await mine()).toEqual([])
  })

  test('lists who holds a card that opens nothing', async () => {
    const id = await idOf('Card Only')
    await desk.ask('cards.add', { member: id, card: 'em:0A00000004' })
    expect((await desk.inbox('card-without-plan')).some(({ subject }) => subject === id)).toBe(true)
  })

  test('a row that is put away is gone, and stands in the log', async () => {
    const id = await idOf('Away Soon')
    const mine = async () => (await desk.inbox('here-without-stripe')).find(({ subject }) => subject === id)
    const row = await mine()
    await desk.ask('inbox.putAway', { id: row?.id ?? '' })
    expect(await mine()).toBeUndefined()
    await desk.refused('inbox.putAway', { id: row?.id ?? '' })
    await desk.ask('inbox.bringBack', { id: row?.id ?? '' })
    expect(await mine()).toEqual(row)
    await desk.refused('inbox.bringBack', { id: row?.id ?? '' })
  })

  test('tells who pays twice for the same plan', async () => {
    const price = await desk.price('Full member')
    const customer = await desk.customer({ name: 'Twice Paid', email: 'twice@example.org' }, price)
    await desk.stripe.subscriptions.create({ customer, items: [{ price }] })
    await desk.sync()
    expect((await desk.inbox('two-subscriptions')).map(({ member }) => member?.name)).toContain('Twice Paid')
  })

  test('whoever begins a second plan beside the first is asked about, unless others have both too', async () => {
    const [studio, night] = [await desk.price('Studio resident'), await desk.price('Night & weekend')]
    const told = async () => {
      await desk.sync()
      return (await desk.inbox('two-subscriptions')).filter(({ sentence }) => sentence.includes('as before'))
    }
    const before = (await told()).length
    const both = async (name: string) => {
      const customer = await desk.customer(
        { name, email: `${name.toLowerCase().replace(' ', '.')}@example.org` },
        studio,
      )
      await desk.sandbox.advance(60_000)
      await desk.stripe.subscriptions.create({ customer, items: [{ price: night }] })
      return customer
    }
    const mover = await both('Moves Plan')
    const [row, ...others] = await told()
    expect([row?.member?.name, others.length]).toEqual(['Moves Plan', before])
    expect(row).toMatchObject({
      sentence:
        'Moves Plan pays for Night & weekend since today, and for Studio resident as before. If one was meant in place of the other, end the other in Stripe; if both are meant, put this away.',
      action: 'open-member',
    })
    const { data } = await desk.stripe.subscriptions.list({ customer: mover })
    await desk.stripe.subscriptions.update(data.at(-1)?.id ?? '', { cancel_at_period_end: true })
    expect(await told()).toHaveLength(before)
    await desk.stripe.subscriptions.update(data.at(-1)?.id ?? '', { cancel_at_period_end: false })
    expect(await told()).toHaveLength(before + 1)
    await both('Also Both')
    expect(await told()).toHaveLength(before)
  })

  test('two hundred people without a card are one row that opens the list; who came lately stands alone', async () => {
    await desk.sync()
    const rows = await desk.inbox('paid-without-card')
    const { total } = await desk.ask('members.list', { withoutCard: true })
    const [together, ...more] = rows.filter(({ action }) => action === 'open-list')
    expect(more).toEqual([])
    expect(together).toMatchObject({ subject: 'without-card', member: null })
    expect(together?.sentence).toMatch(new RegExp(`^${total - rows.length + 1} more people have paid`))
    expect(rows.length).toBeLessThanOrEqual(11)
  })

  test('each row has a sentence, a step and one thing to do', async () => {
    for (const row of (await desk.ask('inbox.list', {})).rows) {
      expect(row.sentence).toMatch(/^\S.*[.?]$/)
      expect(row.step).not.toBe('')
    }
  })
})

test('cards of two people that a door reads as one are named, until one of them has another', async () => {
  const [one, other] = [await idOf('Ida Berg'), await idOf('Jon Dahl')]
  await desk.ask('cards.add', { member: one, card: 'em:6F00ABCDEF' })
  await desk.ask('cards.add', { member: other, card: 'em:7700ABCDEF' })
  // The door came later: with it there the second card would not have been handed out.
  await desk.ask('doors.add', { id: 'side', name: 'Side door', format: '8H10D' })
  const [row] = await desk.inbox('cards-alike')
  expect(row).toMatchObject({ action: 'open-member', member: { id: one } })
  expect(row?.sentence).toBe(
    'Side door reads the cards of Ida Berg and Jon Dahl as one, so it lets none of them in while the desk is silent. Give one of them another card.',
  )
  await desk.ask('cards.revoke', { card: 'em:7700ABCDEF', reason: 'returned' })
  expect(await desk.inbox('cards-alike')).toEqual([])
})
