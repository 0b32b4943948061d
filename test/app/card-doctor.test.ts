// The card doctor: what each door makes of a card, where it was shown, what speaks for a copy, and who may read that.
import { expect, test } from 'vitest'
import { reinstateCard, revokeCard } from '../../src/main/app/card-state.ts'
import { stockCard } from '../../src/main/app/card-stock.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { enrolCard } from '../../src/main/app/enrol-card.ts'
import { listInbox, putAway } from '../../src/main/app/inbox.ts'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { cardDoctorCommands } from '../../src/main/commands/card-doctor.ts'
import { isGrant, type Reason } from '../../src/main/domain/reasons.ts'
import { MINUTE, SECOND } from '../../src/main/domain/time.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import { setHeld, setWanted } from '../../src/main/store/device-cards.ts'
import { writeDevice } from '../../src/main/store/devices.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import type { Permission } from '../../src/preload/call-shape.ts'
import type { CardExam, CardUses } from '../../src/preload/shapes-card-doctor.ts'
import { openFresh } from '../store/folder.ts'
import { openAgreedDesk, value } from './agreed-desk.ts'

const CARD = 'em:6F007B3972'
const TWIN = 'em:01007B3972'
/** The last three bytes are those of CARD. */
const ALIKE = 'em:6F117B3972'
const NOW = Date.parse('2026-03-10T10:00:00Z')

/** Ada has CARD and pays; the doors write cards in five ways. */
function opened() {
  const desk = openAgreedDesk('2026-03-10T10:00:00Z')
  const { deps } = desk
  const { db } = deps.live
  const access = openFresh('access')
  deps.access = access
  const forms = { side: '2H3D,4H5D', back: '8H10D', gate: 'uhppote', lab: 'iso14a-lsb-dec', shed: '10H14D' }
  for (const [id, format] of Object.entries(forms))
    insertDoor(db, { id, name: `The ${id}`, driver: id === 'gate' ? 'uhppote' : 'native', format, key: null, at: NOW })
  value(addManual(deps, { member: 'ada', plan: 'full', method: 'cash', from: '2026-03-01', until: '2026-12-31' }))
  value(enrolCard(deps, 'ada', CARD))
  let n = 0
  const shown = (
    canonical: string,
    doorId: string,
    at: number,
    change: { reason?: Reason; memberId?: string | null; uploadedAt?: string; isNobodys?: boolean } = {},
  ) => {
    const { reason = 'ok', memberId = 'ada', uploadedAt, isNobodys = false } = change
    n += 1
    return access
      .transaction(() =>
        appendDecision(access, deps.deskId, {
          at,
          doorId,
          presentationId: `p${n}`,
          cardText: canonical,
          canonical,
          memberId,
          granted: isGrant(reason),
          reason,
          detail: null,
          receipt: `r${n}`,
          rule: uploadedAt === undefined ? 'paid' : 'uploaded',
          inputs: uploadedAt === undefined ? {} : { uploadedAt },
          answer: {},
          isNobodys,
        }),
      )
      .immediate()
  }
  const actions = () => db.prepare('SELECT kind FROM action ORDER BY seq').pluck().all() as string[]
  return { ...desk, deps, db, access, shown, actions }
}

async function ask<T>(deps: DeskDeps, name: string, args: object, without?: string): Promise<T> {
  const caller = owner()
  const permissions = new Set([...caller.permissions].filter((one) => one !== without))
  const answered = await answerCall(deps, { ...caller, permissions }, name, args, (line, error) => {
    throw new Error(line, { cause: error })
  })
  if (!answered.ok) throw new Error(answered.refusal.code)
  return answered.value as T
}
const examine = (deps: DeskDeps, card: string, form?: string) =>
  ask<CardExam>(deps, 'cards.examine', { card, ...(form === undefined ? {} : { form }) })
const uses = (deps: DeskDeps, card: string, after?: number) =>
  ask<CardUses>(deps, 'cards.uses', { card, ...(after === undefined ? {} : { after }) })
const copies = async (deps: DeskDeps) =>
  (await listInbox(deps, { kind: 'card-copied' })).rows.map(({ subject, sentence, member }) => [
    subject,
    sentence,
    member?.id,
  ])

test('each door: what its reader shows, whether that is all, whom it would be taken for, what the door says, what its device holds', async () => {
  const { deps, db, access } = opened()
  const doorsOf = async (card: string) => new Map((await examine(deps, card)).doors.map((door) => [door.id, door]))
  const device = { replaces: null, hours: null, adoptedAt: NOW } as const
  const config = { driver: 'uhppote', host: '192.0.2.7', port: 60_000, serial: 1, output: 1, listener: 60_001 } as const
  writeDevice(db, { doorId: 'gate', config, ...device })

  const exam = await examine(deps, '0008075634', '8H10D')
  expect(exam).toMatchObject({ lossy: true, card: { canonical: 'w34:007B3972', since: null, member: null } })
  expect(exam.mayBe.map(({ canonical, member }) => [canonical, member?.name])).toEqual([[CARD, 'ada']])

  const whole = await examine(deps, CARD)
  expect(whole).toMatchObject({
    lossy: false,
    mayBe: [],
    sameAs: null,
    card: { state: 'active', member: { id: 'ada' } },
  })
  expect(whole.forms).toMatchObject({ '8H10D': '0008075634', hex: '6F007B3972', '10H14D': '00476749445490' })
  expect(whole.doors.map(({ id, shows, part, grant }) => [id, shows, part, grant])).toEqual([
    ['back', '0008075634', true, true],
    ['front', CARD, false, true],
    ['gate', '12314706', true, true],
    ['lab', null, false, false],
    ['shed', '00476749445490', false, true],
    ['side', '123,14706', true, true],
  ])
  expect(whole.doors.find(({ id }) => id === 'lab')).toMatchObject({
    reason: null,
    sentence: 'The lab reads cards as iso14a-lsb-dec, and this card cannot be written so: it does not work there.',
  })

  const onGate = async () => (await doorsOf(CARD)).get('gate')?.device
  expect(await onGate()).toEqual({ state: 'off', since: null })
  setWanted(access, 'gate', new Map([['12314706', 'all']]), NOW)
  expect(await onGate()).toEqual({ state: 'to-load', since: '2026-03-10T10:00:00.000Z' })
  setHeld(access, 'gate', new Map([['12314706', 'all']]), NOW)
  expect(await onGate()).toEqual({ state: 'holds', since: null })
  setWanted(access, 'gate', new Map(), NOW + MINUTE)
  expect(await onGate()).toEqual({ state: 'to-remove', since: '2026-03-10T10:01:00.000Z' })
  expect((await doorsOf(CARD)).get('side')?.device).toBeNull()

  // A card that nobody may be given, because the side door would take it for Ada's.
  const alike = (await doorsOf(ALIKE)).get('side')
  expect(alike).toMatchObject({ part: true, alike: [{ canonical: CARD, member: { name: 'ada' } }] })
  expect((await doorsOf(ALIKE)).get('back')?.alike).toEqual([])
})

test('a short number that somebody has, a card that a door cannot tell by its part, and one that differs in its first byte', async () => {
  const { deps, db } = opened()
  value(enrolCard(deps, 'ben', 'w26:112233'))
  expect((await examine(deps, 'em:0100112233')).sameAs).toMatchObject({
    card: { canonical: 'w26:112233' },
    sentence: expect.stringContaining('ben has a card that was enrolled by its short number'),
  })
  insertDoor(db, { id: 'cabin', name: 'Cabin', driver: 'native', format: 'iso14a-msb-dec', key: null, at: NOW })
  value(enrolCard(deps, 'cat', 'iso14a:04AF68DAC85A80'))
  expect((await examine(deps, 'iso14a:04AF68DAC85A80')).doors.find(({ id }) => id === 'cabin')).toMatchObject({
    part: true,
    shows: '78604506',
    reason: 'unknown-card',
    sentence: expect.stringContaining('Cabin reads only a part of the number'),
  })
  // Two that a door reads as one since it was set so: it opens for neither, and says whom it means.
  value(addManual(deps, { member: 'dan', plan: 'full', method: 'cash', from: '2026-03-01', until: '2026-12-31' }))
  value(enrolCard(deps, 'dan', 'iso14a:11223301'))
  value(enrolCard(deps, 'eve', 'iso14a:11223302'))
  insertDoor(db, { id: 'yard', name: 'Yard', driver: 'native', format: 'W26', key: null, at: NOW })
  expect((await examine(deps, 'iso14a:11223301')).doors.find(({ id }) => id === 'yard')).toMatchObject({
    part: true,
    grant: false,
    sentence: 'Yard reads this card and one of eve as the same number, so it opens for neither: use another card.',
  })

  expect((await examine(deps, TWIN)).suspicions).toEqual([
    { kind: 'first-byte', at: null, sentence: expect.stringMatching(/^ada has em:6F007B3972: the same number but/) },
  ])
  expect((await examine(deps, CARD)).suspicions).toEqual([])
})

test('where it was shown: by whom it stands with, by its part, after a row on, and only for those who may read visits', async () => {
  const { deps, shown, actions } = opened()
  expect(await uses(deps, CARD)).toEqual({ uses: [], suspicions: [], newest: 0 })
  shown('em:0A00000001', 'front', NOW - 9 * MINUTE, { memberId: 'ben' })
  shown(CARD, 'front', NOW - 8 * MINUTE)
  const part = { reason: 'unknown-card', memberId: null, isNobodys: true } as const
  const last = shown('w26:7B3972', 'side', NOW - 7 * MINUTE, part)
  const told = await uses(deps, CARD)
  expect(told.newest).toBe(last)
  expect(told.uses.map(({ door, grant, sentence, part }) => [door.name, grant, sentence, part])).toEqual([
    [
      'The side',
      false,
      'The side read only a part of the number (123,14706), and nobody is known by that: set another form for its reader.',
      '123,14706',
    ],
    ['Front door', true, 'ada came in.', null],
  ])
  expect((await uses(deps, CARD, last)).uses).toEqual([])
  const next = shown(CARD, 'back', NOW - MINUTE, { reason: 'not-this-door' })
  expect((await uses(deps, CARD, last)).uses).toMatchObject([{ seq: next, grant: false, reason: 'not-this-door' }])
  expect(actions().filter((kind) => kind === 'card-uses-read')).toHaveLength(1)
  await expect(ask(deps, 'cards.uses', { card: CARD }, 'visits.read')).rejects.toThrow('not-allowed')
  const exam = await ask<CardExam>(deps, 'cards.examine', { card: CARD }, 'visits.read')
  expect([exam.card.member?.name, JSON.stringify(exam).includes('came in')]).toEqual(['ada', false])
})

test('what speaks for a copy is told with what to do, and waits in the inbox until it is put away or the card is dealt with', async () => {
  const { deps, db, shown, setClock } = opened()
  insertDoor(db, { id: 'exit', name: 'Exit', driver: 'native', format: null, key: null, at: NOW })
  db.prepare("UPDATE door SET direction = 'out' WHERE id = 'exit'").run()
  const at = NOW + MINUTE
  setClock('2026-03-10T12:00:00Z')
  // Six seconds apart, at one door twice, by a controller's clock, and on the way out: none of it is one card at two doors.
  shown(CARD, 'front', at)
  shown(CARD, 'side', at + 6 * SECOND)
  shown(CARD, 'side', at + 7 * SECOND)
  shown(CARD, 'exit', at + 8 * SECOND)
  shown(CARD, 'front', at + 8 * SECOND, { uploadedAt: '2026-03-10T11:00:00Z' })
  expect((await uses(deps, CARD)).suspicions).toEqual([])
  expect(await copies(deps)).toEqual([])

  shown(CARD, 'front', at + 10 * SECOND)
  expect((await uses(deps, CARD)).suspicions).toEqual([
    {
      kind: 'two-doors',
      at: '2026-03-10T10:01:10.000Z',
      sentence: expect.stringMatching(/^It was shown at The side and at Front door within 3 seconds \(today 11:01\)/),
    },
  ])
  expect(await copies(deps)).toEqual([
    [`two-doors:${CARD}`, expect.stringMatching(/^ada's card was shown at two doors at once/), 'ada'],
  ])
  expect(JSON.stringify((await listInbox(deps, {})).rows)).not.toContain('The side')
  value(putAway(deps, { id: `card-copied:two-doors:${CARD}` }))
  expect(await copies(deps)).toEqual([])
  shown(CARD, 'side', at + 12 * SECOND)
  expect(await copies(deps)).toHaveLength(1)

  shown(TWIN, 'back', at + MINUTE, { reason: 'unknown-card', memberId: null, isNobodys: true })
  expect((await uses(deps, CARD)).suspicions.at(-1)).toMatchObject({
    kind: 'first-byte',
    sentence: expect.stringMatching(/^The back read em:01007B3972 today 11:02: the same number but for the first byte/),
  })
  expect((await copies(deps)).map(([subject]) => subject)).toEqual([`first-byte:${CARD}`, `two-doors:${CARD}`])

  // Taken back: the matter is another one, until the card is shown again.
  value(revokeCard(deps, CARD, 'returned'))
  expect(await copies(deps)).toEqual([])
  expect((await uses(deps, CARD)).suspicions.map(({ kind }) => kind)).not.toContain('after-end')
  setClock('2026-03-11T12:00:00Z')
  shown(CARD, 'front', Date.parse('2026-03-11T11:00:00Z'), { reason: 'card-revoked' })
  expect((await copies(deps)).map(([subject]) => subject)).toEqual([`after-end:${CARD}`])
  expect((await uses(deps, CARD)).suspicions.find(({ kind }) => kind === 'after-end')?.sentence).toMatch(
    /^It was taken back yesterday, and was shown at Front door today 12:00\./,
  )

  // Lost and tried: told here; the desk's screen has it already. Found again: settled.
  const other = 'em:0A00000001'
  value(revokeCard(deps, other, 'lost'))
  shown(other, 'front', deps.now(), { reason: 'card-lost', memberId: 'ben' })
  expect((await uses(deps, other)).suspicions[0]?.sentence).toMatch(/^It was reported lost today/)
  expect(await copies(deps)).toHaveLength(1)
  value(reinstateCard(deps, other))
  expect((await uses(deps, other)).suspicions).toEqual([])

  setClock('2026-05-01T12:00:00Z')
  expect(await copies(deps)).toEqual([])
})

test('the command prints the same, and without the right to see visits the rest of it', async () => {
  const { deps, shown } = opened()
  shown(CARD, 'front', NOW - MINUTE)
  const [command] = cardDoctorCommands
  const print = async (permissions: ReadonlySet<Permission>, card: string) => {
    const call = (name: string, args: unknown) =>
      answerCall(deps, { ...owner(), permissions }, name, args, () => undefined)
    const run = command?.run({ desk: { call } as never, values: {}, positionals: [card], stdin: async () => '' })
    const printed = await run
    if (printed === undefined || !('ok' in printed)) throw new Error('wrong usage')
    return value(printed)
  }
  const all = owner().permissions
  const { text, json } = await print(all, CARD)
  expect(text).toMatch(/^em:6F007B3972 {2}active {2}ada\n\n {2}hex {12}6F007B3972\n/)
  expect(text).toMatch(/\n {2}side {3}opens {10}reads only 123,14706 {3}ada may come in\.\n/)
  expect(text).toMatch(/\n {2}lab {4}does not open {2}reads nothing/)
  expect(text).toMatch(/\n\n {2}2026-03-10T09:59:00\.000Z {2}Front door: ada came in\.$/)
  expect(json).toMatchObject({ card: { canonical: CARD }, uses: [{ grant: true }], suspicions: [] })
  const some = await print(new Set([...all].filter((one) => one !== 'visits.read')), TWIN)
  expect(some.text).toContain('em:01007B3972  never enrolled  nobody has it\n! ada has em:6F007B3972:')
  expect(some.text).toMatch(/\n\nYou may not do this: ask a manager\.$/)
  await expect(print(all, '0008075634')).rejects.toThrow('may stand for different cards')
})

test('of the cards that a number may be, those that are ours come first, under their whole identity', async () => {
  const { deps } = opened()
  const look = (card: string) =>
    answerCall(deps, owner(), 'cards.examine', { card }, (line, error) => {
      throw new Error(line, { cause: error })
    })
  const detailOf = async (card: string) => {
    const outcome = await look(card)
    return outcome.ok ? null : outcome.refusal.detail
  }
  // Its print, read as four bytes or as three, is the same card.
  expect(await detailOf('0008075634')).toEqual([
    { form: '8H10D', canonical: CARD, known: true },
    { form: 'hex', canonical: 'em:0008075634', known: false },
    { form: 'iso14a-msb-dec', canonical: 'iso14a:007B3972', known: false },
    { form: 'iso14a-lsb-dec', canonical: 'iso14a:72397B00', known: false },
  ])
  // Two cards show the last three bytes: either may be meant, so the short number stands for both.
  value(stockCard(deps, ALIKE, { loaner: false }))
  expect(await detailOf('08075634')).toMatchObject([{ form: '6H8D', canonical: 'w26:7B3972', known: true }, {}, {}, {}])
  expect(await detailOf('4000000001')).toMatchObject(Array(4).fill({ known: false }))
})
