// The question at a door, from the wire to the row on disk: docs/door-link.md, "Ask about a card".
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writtenForms } from '../../src/main/domain/card-identity.ts'
import type { CredentialFact } from '../../src/main/domain/credential.ts'
import { REASONS, type Reason } from '../../src/main/domain/reasons.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/main/domain/time.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { insertDoor, removeDoor, setDoorKey, setDoorPlans } from '../../src/main/store/doors.ts'
import { writeEntitlement } from '../../src/main/store/entitlements.ts'
import { readRevision, writeSetting } from '../../src/main/store/settings.ts'
import { entitlement } from '../domain/samples.ts'
import { connect, type LinkSession, openSession } from './controller.ts'
import { addFact, addPerson, createWorld, newCard, type Person, shortOf, type TestDoor, type World } from './world.ts'

let world: World
let front: TestDoor
let session: LinkSession

const rows = () => world.log().rows
const rowsOf = (id: string) => rows().filter((row) => row.presentation_id === id)
const ago = (ms: number) => Date.now() - ms
const fact = (kind: CredentialFact['kind'], reason: string) => ({ kind, at: ago(HOUR), reason }) as CredentialFact
const badRequest = { status: 400, json: { error: 'bad-request' }, signed: true }

beforeAll(async () => {
  world = createWorld()
  front = world.addDoor('front')
  await world.start()
  session = await connect(world.port, front)
})
afterAll(() => world.stop())

async function atTime<T>(offset: number, act: () => Promise<T>): Promise<T> {
  world.offset[0] = offset
  try {
    return await act()
  } finally {
    world.offset[0] = 0
  }
}

describe('every reason that this version gives', () => {
  const someone = (person: Person) => () => addPerson(world.desk, person).card
  const owing = (since: number, change: object = {}) => ({
    phase: 'owing' as const,
    paidUntil: ago(since),
    graceStart: ago(since),
    graceUntil: ago(since - 7 * DAY),
    ...change,
  })
  const table: [Reason, string, () => string][] = [
    ['unreadable-card', 'a text that is no card', () => 'hello'],
    ['unreadable-card', 'digits that may be several cards', () => '0008075634'],
    ['unknown-card', 'a card that nobody has', () => newCard()],
    ['card-unassigned', 'a card whose enrolment is still to come', someone({ enrolled: { at: Date.now() + DAY } })],
    ['card-stolen', 'a stolen card', someone({ later: [fact('revoked', 'stolen')] })],
    ['card-lost', 'a lost card', someone({ later: [fact('revoked', 'lost')] })],
    ['card-revoked', 'a returned card', someone({ later: [fact('revoked', 'returned')] })],
    ['card-revoked', 'a damaged card', someone({ later: [fact('revoked', 'damaged')] })],
    ['card-suspended', 'a suspended card', someone({ later: [fact('suspended', 'left at the desk')] })],
    ['card-not-yet-active', 'a card of tomorrow', someone({ enrolled: { validFrom: Date.now() + DAY } })],
    ['card-expired', 'a card of yesterday', someone({ enrolled: { validUntil: ago(HOUR) } })],
    ['no-membership', 'somebody who never had a membership', someone({ holds: null })],
    ['payment-pending', 'a first payment that is open', someone({ holds: { phase: 'pending', paidUntil: null } })],
    ['lapsed', 'grace that is over', someone({ holds: owing(9 * DAY) })],
    ['lapsed', 'a subscription that went unpaid', someone({ holds: { phase: 'lapsed', unpaid: true } })],
    ['lapsed', 'one cancelled for want of payment', someone({ holds: { phase: 'ended', unpaid: true } })],
    ['frozen', 'a pause after the paid days', someone({ holds: { phase: 'frozen', paidUntil: ago(3 * DAY) } })],
    ['ended', 'a cancelled membership', someone({ holds: { phase: 'ended' } })],
    ['ended', 'an agreed end that has come', someone({ holds: { knownEnd: ago(2 * DAY) } })],
    ['ok-grace', 'a payment that is late', someone({ holds: owing(2 * DAY) })],
    ['ok', 'somebody who paid', someone({})],
    [
      'ok',
      'a card that was suspended and reinstated',
      someone({ later: [fact('suspended', ''), fact('reinstated', '')] }),
    ],
    ['ok', 'a pause within the paid days', someone({ holds: { phase: 'frozen' } })],
  ]
  const given = new Set<string>()

  test.each(table)('%s: %s', async (reason, _, card) => {
    const before = rows().length
    const text = card()
    const grant = reason.startsWith('ok')
    const { status, json, signed } = await session.check(text)
    expect({ status, signed }).toEqual({ status: 200, signed: true })
    expect(Object.keys(json)).toEqual(['grant', 'reason', 'open_ms', 'receipt', 'list_rev'])
    expect(json).toMatchObject({ grant, reason, open_ms: grant ? 3_000 : 0, list_rev: readRevision(world.desk) })
    const [row, ...others] = rows().slice(before)
    expect(others).toEqual([])
    expect(row).toMatchObject({ reason, granted: Number(grant), card_text: text, receipt: json.receipt })
    given.add(reason)
  })

  test('ok-stale and billing-stale: paid time is over since the desk could look last', async () => {
    writeSyncState(world.desk, { freshFrom: ago(20 * DAY) })
    try {
      const within = addPerson(world.desk, { holds: { paidUntil: ago(2 * DAY) } }).card
      const beyond = addPerson(world.desk, { holds: { paidUntil: ago(8 * DAY) } }).card
      expect((await session.check(within)).json).toMatchObject({ grant: true, reason: 'ok-stale' })
      expect((await session.check(beyond)).json).toMatchObject({ grant: false, reason: 'billing-stale' })
      given.add('ok-stale').add('billing-stale')
    } finally {
      writeSyncState(world.desk, { freshFrom: ago(MINUTE) })
    }
  })

  test('not-this-door: the plan does not open it, until it does', async () => {
    const laser = world.addDoor('laser')
    const there = await connect(world.port, laser)
    const { card } = addPerson(world.desk, { plan: 'evenings' })
    expect((await there.check(card)).json).toMatchObject({ grant: true, reason: 'ok' })
    setDoorPlans(world.desk, 'laser', [{ plan: 'full', schedule: null }])
    expect((await there.check(card)).json).toMatchObject({ grant: false, reason: 'not-this-door', open_ms: 0 })
    expect((await session.check(card)).json).toMatchObject({ grant: true })
    setDoorPlans(world.desk, 'laser', [
      { plan: 'full', schedule: null },
      { plan: 'evenings', schedule: null },
    ])
    expect((await there.check(card)).json).toMatchObject({ grant: true, reason: 'ok' })
    given.add('not-this-door')
  })

  test('all others need what comes with later versions', () => {
    expect(REASONS.filter((reason) => !given.has(reason))).toEqual([
      'lockdown',
      'member-barred',
      'ok-keyholder',
      'ok-held-open',
      'ok-override',
      'outside-hours',
      'anti-passback',
    ])
  })
})

describe('the body', () => {
  const id = () => randomUUID()
  const shapes: [string, () => unknown][] = [
    ['a list', () => []],
    ['a text', () => 'card'],
    ['null', () => null],
    ['no id', () => ({ card: 'em:6F007B3972' })],
    ['an id of 35 characters', () => ({ id: id().slice(1), card: 'em:6F007B3972' })],
    ['an id of 37 characters', () => ({ id: `${id()}0`, card: 'em:6F007B3972' })],
    ['an id that is a number', () => ({ id: 7, card: 'em:6F007B3972' })],
    ['an id with spaces', () => ({ id: ' '.repeat(36), card: 'em:6F007B3972' })],
    ['no card', () => ({ id: id() })],
    ['an empty card', () => ({ id: id(), card: '' })],
    ['a card that is a number', () => ({ id: id(), card: 475387520370 })],
    ['a card as long as a letter', () => ({ id: id(), card: '0'.repeat(201) })],
    ['a format that nobody knows', () => ({ id: id(), card: 'em:6F007B3972', format: '7H7D' })],
    ['a format that is a number', () => ({ id: id(), card: 'em:6F007B3972', format: 26 })],
  ]
  test.each(shapes)('%s is 400 with a detail, signed, and writes no row', async (_, body) => {
    const before = rows().length
    const reply = await session.ask('POST', '/door/v1/check', JSON.stringify(body()))
    expect(reply).toMatchObject(badRequest)
    expect(reply.json.detail).toMatch(/\w+/)
    expect(rows().length).toBe(before)
  })

  test.each(['\\ud800', 'a\\udfffb', '\\u0000', 'em:6F007B3972\\u0000', '𝟙𝟚', '<script>', '\\u202e'])(
    'a card text of %s is unreadable, is logged, and comes back the same for the same id',
    async (text) => {
      const ask = () => session.ask('POST', '/door/v1/check', `{"id":"${same}","card":"${text}"}`)
      const same = id()
      const first = await ask()
      expect(first.json).toMatchObject({ grant: false, reason: 'unreadable-card' })
      expect((await ask()).text).toBe(first.text)
      expect(rowsOf(same)).toHaveLength(1)
      expect(world.log().firstBad).toBeNull()
    },
  )

  test('bytes that are no UTF-8 are no reason to fall over', async () => {
    const body = Buffer.concat([
      Buffer.from(`{"id":"${id()}","card":"`),
      Buffer.from([0xff, 0xc0, 0x80]),
      Buffer.from('"}'),
    ])
    expect((await session.ask('POST', '/door/v1/check', body)).json).toMatchObject({ reason: 'unreadable-card' })
    expect(world.log().firstBad).toBeNull()
  })
})

describe('the same presentation again', () => {
  test('within 60 s gets the recorded answer and no second row: same connection, new session, after a restart', async () => {
    const { card, credential } = addPerson(world.desk)
    const id = randomUUID()
    const first = await session.check(card, { id })
    expect(first.json).toMatchObject({ grant: true })
    // What changes meanwhile shows with the next id.
    addFact(world.desk, credential, fact('revoked', 'lost'))
    expect(await session.check(card, { id })).toMatchObject({ status: 200, text: first.text, signed: true })
    session = await connect(world.port, front)
    expect((await session.check(card, { id })).text).toBe(first.text)
    await world.restart()
    session = await connect(world.port, front)
    expect((await session.check(card, { id })).text).toBe(first.text)
    expect(await atTime(45 * SECOND, () => session.check(card, { id }))).toMatchObject({ text: first.text })
    expect(rowsOf(id)).toHaveLength(1)
    expect((await session.check(card)).json).toMatchObject({ grant: false, reason: 'card-lost' })
  })

  test('later than 60 s is 400, and writes no row', async () => {
    const { card } = addPerson(world.desk)
    const id = randomUUID()
    await session.check(card, { id })
    expect(await atTime(61 * SECOND, () => session.check(card, { id }))).toMatchObject(badRequest)
    expect(await atTime(40 * DAY, () => session.check(card, { id }))).toMatchObject(badRequest)
    expect(rowsOf(id)).toHaveLength(1)
  })

  test('with another card is 400, granted or not', async () => {
    const [one, two] = [addPerson(world.desk).card, addPerson(world.desk).card]
    const id = randomUUID()
    await session.check(one, { id })
    for (const card of [two, 'em:0000000000', one.toLowerCase(), `${one} `])
      expect(await session.check(card, { id })).toMatchObject(badRequest)
    expect((await session.check(one, { id })).json).toMatchObject({ grant: true })
    expect(rowsOf(id)).toHaveLength(1)
  })

  test('at another door is another presentation', async () => {
    const { card } = addPerson(world.desk)
    const other = await connect(world.port, world.addDoor('side'))
    const id = randomUUID()
    const [here, there] = [await session.check(card, { id }), await other.check(card, { id })]
    expect(there.json).toMatchObject({ grant: true })
    expect(there.json.receipt).not.toBe(here.json.receipt)
    expect(rowsOf(id).map((row) => row.door_id)).toEqual(['front', 'side'])
  })

  test('asked ten times at once makes one row and ten same answers', async () => {
    const { card } = addPerson(world.desk)
    const id = randomUUID()
    const replies = await Promise.all(Array.from({ length: 10 }, () => session.check(card, { id })))
    const answered = replies.filter(({ status }) => status === 200)
    expect(new Set(answered.map(({ text }) => text)).size).toBe(1)
    // They may overtake each other on their connections, and the later of two numbers makes the earlier one a replay.
    expect(new Set(replies.map(({ status }) => status).filter((status) => status !== 409))).toEqual(new Set([200]))
    expect(rowsOf(id)).toHaveLength(1)
  })

  test('a repeated one is not told to the screens a second time', async () => {
    const { card } = addPerson(world.desk)
    const id = randomUUID()
    await session.check(card, { id })
    await session.check(card, { id })
    await session.check('em:0000000001')
    await expect.poll(() => world.decisions.at(-1)?.cardText).toBe('em:0000000001')
    expect(world.decisions.filter(({ cardText }) => cardText === card)).toHaveLength(1)
  })
})

test('the row is on disk when the answer arrives', async () => {
  const { card } = addPerson(world.desk)
  for (let round = 0; round < 20; round++) {
    const id = randomUUID()
    let found: Record<string, unknown>[] = []
    const watching = await connect(world.port, front, {
      onAnswer: () => {
        found = rowsOf(id)
      },
    })
    const { json } = await watching.check(card, { id })
    expect(found).toMatchObject([{ receipt: json.receipt, answer: JSON.stringify(json) }])
  }
  session = await connect(world.port, front)
})

describe('the form of a card', () => {
  let short: LinkSession
  const readByShort = (card: string) => short.check(shortOf(card))

  beforeAll(async () => {
    short = await connect(world.port, world.addDoor('short', '6H8D'))
  })

  test("is the door's own where the request names none, and the request's where it does", async () => {
    const { card } = addPerson(world.desk)
    const forms = writtenForms(card)
    expect((await readByShort(card)).json).toMatchObject({ grant: true, reason: 'ok' })
    expect((await short.check(card)).json).toMatchObject({ reason: 'unreadable-card' })
    expect((await short.check(card, { format: 'canonical' })).json).toMatchObject({ grant: true })
    expect((await short.check(card.slice(3), { format: 'hex' })).json).toMatchObject({ grant: true })
    for (const form of ['10H13D', '8H10D', '6H8D', '2H3D,4H5D', '4H5D,4H5D', 'W26', 'W34', 'uhppote'] as const) {
      expect((await session.check(forms[form] ?? '', { format: form })).json, form).toMatchObject({ grant: true })
    }
  })

  test('a door without one takes what has one reading, and nothing that has several', async () => {
    const { card } = addPerson(world.desk)
    expect((await session.check(card.slice(3))).json).toMatchObject({ grant: true })
    expect((await session.check(card.toLowerCase())).json).toMatchObject({ grant: true })
    expect((await session.check(shortOf(card))).json).toMatchObject({ reason: 'unreadable-card' })
    // A short form that can be told for one is a card of its own there: nobody's.
    expect((await session.check(writtenForms(card)['2H3D,4H5D'] ?? '')).json).toMatchObject({ reason: 'unknown-card' })
  })

  test('a short one leads to the one card that it fits, and the log names that card', async () => {
    const { card, memberId } = addPerson(world.desk)
    const { json } = await readByShort(card)
    expect(rows().at(-1)).toMatchObject({
      receipt: json.receipt,
      card_text: shortOf(card),
      canonical: card,
      member_id: memberId,
    })
  })

  test('a short one that fits two cards is nobody, until one of them is given back', async () => {
    const one = addPerson(world.desk, { card: 'em:01AABBCCDD' })
    const two = addPerson(world.desk, { card: 'em:02AABBCCDD' })
    expect(shortOf(one.card)).toBe(shortOf(two.card))
    expect((await readByShort(one.card)).json).toMatchObject({ grant: false, reason: 'unknown-card' })
    expect((await session.check(one.card)).json).toMatchObject({ grant: true })
    addFact(world.desk, two.credential, fact('revoked', 'returned'))
    expect((await readByShort(one.card)).json).toMatchObject({ grant: true })
    expect(rows().at(-1)).toMatchObject({ member_id: one.memberId })
  })

  test('a lost card still stands in the way of one that looks the same', async () => {
    const lost = addPerson(world.desk, { card: 'em:03AABBCCEE', later: [fact('revoked', 'lost')] })
    expect((await readByShort(lost.card)).json).toMatchObject({ reason: 'card-lost' })
    addPerson(world.desk, { card: 'em:04AABBCCEE' })
    expect((await readByShort(lost.card)).json).toMatchObject({ grant: false })
  })

  test('a card that was enrolled from a short form does not open for a longer read', async () => {
    addPerson(world.desk, { card: 'w26:5B3972' })
    expect((await short.check(String(0x5b3972))).json).toMatchObject({ reason: 'unreadable-card' })
    expect((await short.check(String(0x5b3972).padStart(8, '0'))).json).toMatchObject({ grant: true })
    expect((await session.check('em:6F005B3972')).json).toMatchObject({ grant: false, reason: 'unknown-card' })
  })
})

describe('what changes at the desk', () => {
  test('shows with the very next check', async () => {
    const { card, credential, memberId } = addPerson(world.desk)
    const reasonNow = async () => (await session.check(card)).json.reason
    for (let round = 0; round < 10; round++) {
      expect(await reasonNow()).toBe('ok')
      addFact(world.desk, credential, { kind: 'revoked', at: Date.now(), reason: 'stolen' })
      expect(await reasonNow()).toBe('card-stolen')
      addFact(world.desk, credential, { kind: 'enrolled', at: Date.now(), memberId, validFrom: null, validUntil: null })
    }
  })

  test('raises list_rev, and nothing lowers it', async () => {
    const { card, credential, membershipId } = addPerson(world.desk)
    const paid = entitlement({ membershipId, paidUntil: Date.now() + DAY })
    const changes: [string, () => unknown][] = [
      ['a person with a card', () => addPerson(world.desk)],
      ['a membership paid again', () => writeEntitlement(world.desk, paid, null, Date.now())],
      ['a card suspended', () => addFact(world.desk, credential, fact('suspended', ''))],
      ['a card reinstated', () => addFact(world.desk, credential, fact('reinstated', ''))],
      ['a door that is new', () => world.addDoor('attic')],
      ['a door restricted', () => setDoorPlans(world.desk, 'attic', [{ plan: 'full', schedule: null }])],
      ['a door opened to all', () => setDoorPlans(world.desk, 'attic', null)],
      ['a door with a new key', () => setDoorKey(world.desk, 'attic', 'ab'.repeat(32))],
      [
        'a door removed',
        () => removeDoor(world.desk, 'attic', { at: Date.now(), operator: 'owner', origin: 'desk-1' }),
      ],
      ['a setting made', () => writeSetting(world.desk, 'graceDays', { card: 3, 'bank-debit': 14, manual: 7 }, 1)],
      ['a setting changed', () => writeSetting(world.desk, 'graceDays', { card: 7, 'bank-debit': 14, manual: 7 }, 2)],
    ]
    let last = (await session.time()).json.list_rev
    expect(Number.isSafeInteger(last)).toBe(true)
    for (const [what, change] of changes) {
      change()
      const { list_rev } = (await session.time()).json
      expect(list_rev, what).toBeGreaterThan(last)
      expect((await session.check(card)).json.list_rev).toBe(list_rev)
      last = list_rev
    }
    writeEntitlement(world.desk, paid, null, Date.now())
    expect((await session.time()).json.list_rev).toBe(last)
  })

  test('a door may have its own time to hold the strike', async () => {
    insertDoor(world.desk, { id: 'gate', name: 'Gate', driver: 'native', format: null, key: front.key, at: 1 })
    world.desk.prepare("UPDATE door SET open_ms = 8000 WHERE id = 'gate'").run()
    const gate = await connect(world.port, { id: 'gate', key: front.key })
    expect((await gate.check(addPerson(world.desk).card)).json).toMatchObject({ grant: true, open_ms: 8_000 })
  })
})

describe('a database that fails', () => {
  const failing = async <T>(table: string, act: () => Promise<T>): Promise<T> => {
    world.desk.exec(`ALTER TABLE ${table} RENAME TO gone`)
    try {
      return await act()
    } finally {
      world.desk.exec(`ALTER TABLE gone RENAME TO ${table}`)
    }
  }
  const unavailable = { status: 503, json: { error: 'unavailable' } }

  test('is 503, opens nothing, writes no row and says so; the next question is answered', async () => {
    const { card } = addPerson(world.desk)
    const before = rows().length
    const lines = world.lines.length
    const nonce = { door: 'front', client_nonce: '0'.repeat(32) }
    expect(await failing('setting', () => session.check(card))).toMatchObject({ ...unavailable, signed: true })
    expect(await failing('revision', () => session.time())).toMatchObject({ ...unavailable, signed: true })
    expect(await failing('door', () => session.check(card))).toMatchObject({ ...unavailable, signed: false })
    expect(await failing('door', () => openSession(world.port, nonce))).toMatchObject(unavailable)
    expect(rows().length).toBe(before)
    // Whether devices were looked at meanwhile is chance.
    const ofAnswers = () => world.lines.slice(lines).filter((line) => !line.startsWith('Looking at the devices'))
    await expect.poll(() => ofAnswers().length).toBe(4)
    world.lines.splice(lines)
    expect((await session.check(card)).json).toMatchObject({ grant: true })
  })
})

test('in all this nothing broke inside, and the chain holds', () => {
  expect(world.lines.filter((line) => !line.startsWith('Looking at the devices'))).toEqual([])
  expect(world.log().firstBad).toBeNull()
})
