// The life of cards on a real database: files taken in and taken back, histories, loaners that are late, the box.
import { expect, onTestFinished, test } from 'vitest'
import { awaitCard } from '../../src/main/app/await-card.ts'
import { cardHistory } from '../../src/main/app/card-history.ts'
import { replaceCard, revokeCard, setLastDay } from '../../src/main/app/card-state.ts'
import { labelCard, lendCard, stockCard, takeBack } from '../../src/main/app/card-stock.ts'
import { cardRow } from '../../src/main/app/card-text.ts'
import { createCardWaits } from '../../src/main/app/card-wait.ts'
import { enrolCard } from '../../src/main/app/enrol-card.ts'
import { whyOf } from '../../src/main/app/feed.ts'
import { listCards } from '../../src/main/app/find-card.ts'
import { importCards, previewImport } from '../../src/main/app/import-cards.ts'
import { listInbox } from '../../src/main/app/inbox.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { undoImport } from '../../src/main/app/undo-import.ts'
import { upgradeCard } from '../../src/main/app/upgrade-card.ts'
import { nextLabel } from '../../src/main/domain/card-file.ts'
import { decide } from '../../src/main/domain/decide.ts'
import { receiptInputs } from '../../src/main/domain/receipt.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import { readDoorSnapshot } from '../../src/main/store/door-snapshot.ts'
import { doorById } from '../../src/main/store/doors.ts'
import { addEmail, insertMember } from '../../src/main/store/members.ts'
import type { CardWait } from '../../src/preload/shapes-cards.ts'
import { openFresh } from '../store/folder.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

const NOON = '2026-03-10T11:00:00Z'
const file = (...lines: string[]) => ({ name: 'box.csv', text: lines.join('\r\n') })

async function looked(deps: Parameters<typeof previewImport>[0], ...lines: string[]): Promise<string[]> {
  const { lines: plan } = value(await previewImport(deps, file(...lines)))
  return plan.map(({ line, fits, sentence }) => `${line} ${fits ? 'yes' : 'no'} ${sentence}`)
}

function facts(deps: ReturnType<typeof openAgreedDesk>['deps']): number {
  return deps.live.db.prepare<[], { n: number }>('SELECT COUNT(*) AS n FROM credential_fact').get()?.n ?? 0
}

test('a file is looked at line by line, whatever its separator, order, quotes and mark, and nothing is written', async () => {
  const { deps } = openAgreedDesk(NOON)
  const { db } = deps.live
  for (const [id, name] of [
    ['zoe-1', 'Zoë Maß'],
    ['zoe-2', 'zoe  mass'],
    ['sam', 'Sam "Sparks" O, junior'],
  ] as const)
    insertMember(db, { id, name, phone: null, createdAt: 1 }, 'desk-1')
  insertMember(db, { id: 'zoe-3', name: 'ZOË MAß', phone: null, createdAt: 1 }, 'desk-1')
  addEmail(db, 'sam', 'Sam@example.org', 1)
  const before = facts(deps)
  const lines = await looked(
    deps,
    '\uFEFF"Member";UID;Loaner;Label;Form;Locker',
    'ben;em:0000000A01;;;;12',
    'sam@EXAMPLE.org;0008075634;;Fob 1;8H10D;',
    '"Sam ""Sparks"" O, junior";1E:A6:86:71;;;;',
    '',
    ';em:0000000A04;yes;Loaner 1;;',
    'Zoë Maß;em:0000000A05;;;;',
    'nobody@example.org;em:0000000A06;;;;',
    'Whoever;em:0000000A07;;;;',
    'ada;em:0000000A01;;;;',
    'ada;0008075634;;;;',
    'ada;em:0A00000001;;;;',
    'ada;em:0000000A08;perhaps;;;',
    'ada;;;Lost label;;',
    `ada;em:0000000A09;;${'x'.repeat(61)};;`,
    'dan;em:0000000A0A;1;Loaner 2;;',
    'ada;iso14a:08112233;;;;',
  )
  expect(lines).toEqual([
    '2 yes For ben.',
    '3 yes For Sam "Sparks" O, junior, “Fob 1”.',
    '4 yes For Sam "Sparks" O, junior.',
    '6 yes Into stock, as a loaner, “Loaner 1”.',
    '7 no Several people are called Zoë Maß: say which by email or id.',
    '8 no Nobody has the email nobody@example.org.',
    '9 no Nobody here is called Whoever.',
    '10 no Line 2 has this card already.',
    expect.stringMatching(/^11 no 0008075634 /),
    '12 no This card belongs to ben. Take it back from them first, or use another card.',
    '13 no "perhaps" says neither yes nor no: write yes for a loaner, or nothing.',
    '14 no There is no card on this line.',
    '15 no A label has at most 60 characters.',
    '16 yes Lent to dan, “Loaner 2”.',
    expect.stringMatching(/^17 no This card makes up a new number/),
  ])
  expect(value(await previewImport(deps, file('card,locker', 'em:0000000A01,3'))).unused).toEqual(['locker'])
  expect(await looked(deps, 'number\tname', 'em:0000000A01\tBEN')).toEqual(['2 yes For ben.'])
  expect(await looked(deps, 'label,member,card', '"Fob, red",cat,em:0000000A01')).toEqual([
    '2 yes For cat, “Fob, red”.',
  ])
  expect(facts(deps)).toBe(before)
})

test('a file that cannot be read is answered with one sentence', async () => {
  const { deps } = openAgreedDesk(NOON)
  const said = async (text: string) => refusalOf(await previewImport(deps, { name: 'x', text })).sentence
  expect(await said('')).toContain('names no column for the card')
  expect(await said('name;locker\nada;3')).toContain('names no column for the card')
  expect(await said('card;member\n\n ; \n')).toBe('There is no card in this file.')
  expect(await said('card\n"em:0000000A01')).toMatch(/A quotation mark on line \d is not closed/)
  expect(await said('PK\u0003\u0004\uFFFD\u0000')).toContain('is no plain text')
  expect(await said(`card\n${'em:0000000A01\n'.repeat(5_001)}`)).toContain('more than 5,000 lines')
  expect(await said(`card;${'é'.repeat(500_001)}\n`)).toContain('larger than 1 MB')
  expect(refusalOf(await importCards(deps, file('member', 'ada'))).sentence).toContain('names no column for the card')
  expect(refusalOf(await undoImport(deps, { id: 'no-such' })).sentence).toBe('There is no such import here.')
})

test('a door that loses bytes cannot tell two lines apart, and a stock card is no trouble to it', async () => {
  const { deps } = openAgreedDesk(NOON)
  deps.live.db.prepare("UPDATE door SET format = 'W26' WHERE id = 'front'").run()
  expect(
    await looked(deps, 'card;member', 'em:01117B3972;ada', 'em:02227B3972;ben', 'em:03337B3972;', 'em:01117B3973;cat'),
  ).toEqual([
    '2 yes For ada.',
    '3 no Front door cannot tell this card from the one on line 2.',
    '4 yes Into stock.',
    '5 yes For cat.',
  ])
})

test('a file is taken in, the door opens, and it is taken back but for cards that somebody has changed since', async () => {
  const desk = openAgreedDesk(NOON)
  const { deps } = desk
  const rows = Array.from({ length: 240 }, (_, n) => `em:00000B${(0xb000 + n).toString(16)};;;`)
  const text = file(
    'card;member;label;loaner',
    'em:0000000A01;ada;Ada two;',
    'em:0000000A02;ben;;',
    'em:0000000A03;;Loaner 1;yes',
    'em:0A00000001;cat;;',
    ...rows,
  )
  const receipt = value(await importCards(deps, text))
  expect(receipt).toMatchObject({ given: 2, stocked: 241, refused: [{ line: 5, fits: false }] })
  const id = receipt.id ?? ''
  expect(value(memberPanel(deps, 'ada')).cards.map(({ label, state }) => [label, state])).toContainEqual([
    'Ada two',
    'active',
  ])
  expect(cardRow(deps, 'em:0000000A03')).toMatchObject({ state: 'unassigned', loaner: true, label: 'Loaner 1' })
  expect(listCards(deps, 5_000, 'stock')).toHaveLength(241)
  const counted = (kind: string) =>
    deps.live.db.prepare<[string], { n: number }>('SELECT COUNT(*) AS n FROM action WHERE kind = ?').get(kind)?.n
  expect(counted('card-imported')).toBe(243)

  desk.setClock('2026-03-11T11:00:00Z')
  value(lendCard(deps, 'dan', 'em:0000000A03'))
  const undone = value(await undoImport(deps, { id }))
  expect(undone.undone).toBe(242)
  expect(undone.kept).toMatchObject([{ label: 'Loaner 1', member: { id: 'dan' } }])
  expect(value(memberPanel(deps, 'ada')).cards).toHaveLength(1)
  expect(listCards(deps, 5_000, 'stock')).toEqual([])
  expect(
    deps.live.db
      .prepare('SELECT member_id FROM card_held h JOIN credential c ON c.id = h.credential_id WHERE c.canonical = ?')
      .get('em:0000000A01'),
  ).toBeUndefined()
  // What was said stays recorded, and that it was undone.
  const { facts: told, holders } = value(cardHistory(deps, 'em:0000000A01'))
  expect(holders).toEqual([])
  expect(told.map(({ sentence }) => sentence)).toEqual([
    'What the file box.csv said was undone.',
    'Given to ada, by the file box.csv, which was undone since.',
    'Labelled “Ada two”, by the file box.csv, which was undone since.',
  ])
  expect(value(await undoImport(deps, { id }))).toMatchObject({ undone: 0, kept: [{ label: 'Loaner 1' }] })
  // The same file fits again, but for the card that dan has.
  const again = value(await importCards(deps, text))
  expect(again.refused.map(({ line }) => line)).toEqual([4, 5])
  expect(value(await undoImport(deps, { id: again.id ?? '' }))).toEqual({ undone: 242, kept: [] })
  expect(refusalOf(await undoImport(deps, { id: again.id ?? '' })).sentence).toBe('This import was undone already.')
})

test('a card tells who had it from when to when, and why it was stopped, by whom', () => {
  const { deps, setClock } = openAgreedDesk(NOON)
  const card = 'em:00000000F1'
  value(stockCard(deps, card, { loaner: true, label: 'Loaner 1' }))
  setClock('2026-03-11T10:00:00Z')
  value(lendCard(deps, 'ada', card, '2026-03-12'))
  setClock('2026-03-12T10:00:00Z')
  value(takeBack(deps, card))
  setClock('2026-03-13T10:00:00Z')
  value(lendCard(deps, 'ben', card))
  value(setLastDay(deps, card, '2026-04-01'))
  value(labelCard(deps, card, ''))
  setClock('2026-03-14T10:00:00Z')
  value(revokeCard(deps, card, 'lost'))
  const { card: row, holders, facts: told } = value(cardHistory(deps, card))
  expect(row).toMatchObject({ state: 'lost', member: { id: 'ben' }, label: null })
  expect(holders).toEqual([
    {
      member: { id: 'ben', name: 'ben' },
      from: '2026-03-13T10:00:00.000Z',
      until: '2026-03-14T10:00:00.000Z',
      loan: true,
    },
    {
      member: { id: 'ada', name: 'ada' },
      from: '2026-03-11T10:00:00.000Z',
      until: '2026-03-12T10:00:00.000Z',
      loan: true,
    },
  ])
  expect(told.map(({ sentence, by }) => `${sentence} ${by}`)).toEqual([
    'Reported lost. owner',
    'Its label was taken off. owner',
    'Its last day is 1 Apr. owner',
    'Lent to ben. owner',
    'Given back. owner',
    'Lent to ada, due 12 Mar. owner',
    'Labelled “Loaner 1”. owner',
    'Put into stock as a loaner. owner',
  ])
  value(replaceCard(deps, 'em:0A00000000', 'damaged', 'em:00000000F2'))
  expect(value(cardHistory(deps, 'em:0A00000000')).facts[0]?.sentence).toBe('Damaged.')
  expect(value(cardHistory(deps, 'em:00000000F2')).holders).toMatchObject([
    { member: { id: 'ada' }, until: null, loan: false },
  ])
  expect(value(cardHistory(deps, 'em:00000000FF'))).toMatchObject({ holders: [], facts: [] })
})

test('a loaner that is late waits in the inbox until it is back, lost or lent anew', async () => {
  const { deps, setClock } = openAgreedDesk(NOON)
  const late = async () =>
    (await listInbox(deps, { kind: 'loaner-overdue' })).rows.map(({ sentence, member, action }) => [
      sentence,
      member?.id,
      action,
    ])
  for (const n of [1, 2, 3]) value(stockCard(deps, `em:00000000F${n}`, { loaner: true, label: `Loaner ${n}` }))
  value(lendCard(deps, 'ada', 'em:00000000F1', '2026-03-10'))
  value(lendCard(deps, 'ben', 'em:00000000F2', '2026-03-12'))
  value(lendCard(deps, 'cat', 'em:00000000F3'))
  setClock('2026-03-10T22:59:59Z')
  expect(await late()).toEqual([])
  setClock('2026-03-12T09:00:00Z')
  expect(await late()).toEqual([
    ['ada has Loaner 1 since 10 Mar; it was due 10 Mar. Ask for it, and take it back.', 'ada', 'open-member'],
  ])
  value(takeBack(deps, 'em:00000000F1'))
  setClock('2026-03-13T09:00:00Z')
  expect(await late()).toEqual([
    ['ben has Loaner 2 since 10 Mar; it was due yesterday. Ask for it, and take it back.', 'ben', 'open-member'],
  ])
  value(revokeCard(deps, 'em:00000000F2', 'lost'))
  expect(await late()).toEqual([])
  value(lendCard(deps, 'ada', 'em:00000000F1', '2026-03-20'))
  expect(await late()).toEqual([])
  expect(listCards(deps, 500, 'out').map(({ label }) => label)).toEqual(['Loaner 3', 'Loaner 2', 'Loaner 1'])
  expect(listCards(deps, 500, 'lost').map(({ label }) => label)).toEqual(['Loaner 2'])
  expect(listCards(deps, 500, 'in-use')).toHaveLength(7)
})

test('a box is counted, and its labels run on past those that cards have', () => {
  const { deps } = openAgreedDesk(NOON)
  const told: CardWait[] = []
  const { now } = deps
  const waits = createCardWaits({
    now,
    newId: deps.live.newId,
    readerReady: () => true,
    push: (wait) => told.push(wait),
  })
  Object.assign(deps.live, { waits })
  onTestFinished(() => waits.stop(waits.current()?.id ?? ''))
  value(stockCard(deps, 'em:00000000E9', { loaner: true, label: 'Loaner 10' }))
  value(awaitCard(deps, { what: 'stock', loaner: true, label: 'Loaner 9' }))
  for (const card of ['em:00000000E1', 'em:0A00000000', 'em:00000000E2']) waits.onRead(card, null)
  expect(told.map(({ count, card, sentence }) => [count, card?.label ?? null, sentence])).toEqual([
    [1, 'Loaner 9', null],
    [1, null, 'ada has this card: take it back from them first.'],
    [2, 'Loaner 11', null],
  ])
  expect(['Loaner 9', 'Fob 099', 'Spare', '7'].map(nextLabel)).toEqual(['Loaner 10', 'Fob 100', 'Spare', '8'])
})

test('a card at a door that may be one with a short number is asked about, and known whole after that', () => {
  const { deps } = openAgreedDesk(NOON)
  const access = openFresh('access')
  Object.assign(deps, { access })
  value(enrolCard(deps, 'eve', 'w26:7B3972'))
  const front = doorById(deps.desk, 'front')
  if (front === null) throw new Error('no front door')
  const snapshot = readDoorSnapshot(
    { desk: deps.desk, access },
    front,
    { text: 'em:6F007B3972', form: undefined },
    deps.now(),
  )
  const decision = decide(snapshot.input)
  const seq = appendDecision(access, deps.deskId, {
    ...{
      at: deps.now(),
      doorId: 'front',
      presentationId: 'p-1',
      cardText: 'em:6F007B3972',
      receipt: 'r-1',
      answer: {},
    },
    ...{ canonical: snapshot.canonical, memberId: snapshot.memberId, granted: decision.grant },
    ...{ reason: decision.reason, detail: decision.detail, rule: decision.rule },
    inputs: receiptInputs(snapshot, decision),
  })
  const asked = () => {
    const { sentence, remedies, sameAs } = value(whyOf(deps, seq))
    return [sentence, remedies, sameAs]
  }
  expect(asked()).toEqual([
    'eve has a card that was enrolled by its short number 123,14706. Is this the same card?',
    ['same-card', 'assign-card'],
    'w26:7B3972',
  ])
  value(upgradeCard(deps, 'w26:7B3972', 'em:6F007B3972'))
  expect(asked()).toEqual([expect.stringContaining('Nobody ha'), [], null])
})
