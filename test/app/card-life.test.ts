// The life of a card at the desk: found again, replaced, lent, put into stock, seen whole, and never handed out where a
// door would take it for another. Decisions are those of the front door.
import { expect, test, vi } from 'vitest'
import { awaitCard } from '../../src/main/app/await-card.ts'
import { reinstateCard, replaceCard, revokeCard, setLastDay, suspendCard } from '../../src/main/app/card-state.ts'
import { labelCard, lendCard, stockCard, takeBack } from '../../src/main/app/card-stock.ts'
import { cardRow } from '../../src/main/app/card-text.ts'
import { createCardWaits } from '../../src/main/app/card-wait.ts'
import { enrolCard, type SameCard } from '../../src/main/app/enrol-card.ts'
import { explain } from '../../src/main/app/explain.ts'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { upgradeCard } from '../../src/main/app/upgrade-card.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import type { CardWait } from '../../src/preload/shapes-cards.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

const ADA = 'em:0A00000000'
const NEW = 'em:6F007B3972'

function opened() {
  const desk = openAgreedDesk('2026-03-10T10:00:00Z')
  const { deps } = desk
  for (const member of ['ada', 'ben'])
    value(addManual(deps, { member, plan: 'full', method: 'cash', from: '2026-03-01', until: '2026-12-31' }))
  const pushed: CardWait[] = []
  const waits = createCardWaits({
    now: deps.now,
    newId: deps.live.newId,
    readerReady: () => true,
    push: (wait) => pushed.push(wait),
  })
  deps.live.waits = waits
  const door = (card: string, id = 'front', form?: string) => value(explain(deps, { door: id, card, form })).reason
  const held = () =>
    (deps.live.db.prepare('SELECT member_id FROM card_held ORDER BY member_id').pluck().all() as string[]).join(' ')
  const actions = () => deps.live.db.prepare('SELECT kind FROM action ORDER BY seq').pluck().all() as string[]
  return { ...desk, deps, waits, pushed, door, held, actions }
}

test('a card that was lost and is found again is held again, so that it stays in the lists of doors', () => {
  const { deps, held, door } = opened()
  expect(held()).toBe('ada ben cat dan eve')
  value(revokeCard(deps, ADA, 'lost'))
  expect([held(), door(ADA)]).toEqual(['ben cat dan eve', 'card-lost'])
  value(reinstateCard(deps, ADA))
  expect([held(), door(ADA)]).toEqual(['ada ben cat dan eve', 'ok'])
  value(suspendCard(deps, ADA, 'left at the bench'))
  expect(held()).toBe('ada ben cat dan eve')
})

test('replacing stops the old card and starts the new one in one step, to the same last day', () => {
  const { deps, door, held, actions } = opened()
  expect(refusalOf(replaceCard(deps, ADA, 'damaged', 'em:0A00000001')).sentence).toBe(
    'This card belongs to ben. Take it back from them first, or use another card.',
  )
  expect([door(ADA), refusalOf(replaceCard(deps, ADA, 'lost', ADA)).code]).toEqual(['ok', 'wrong-state'])
  value(setLastDay(deps, ADA, '2026-06-30'))
  expect(value(replaceCard(deps, ADA, 'damaged', NEW))).toMatchObject({
    canonical: NEW,
    state: 'active',
    validUntil: '2026-06-30T22:00:00.000Z',
    member: { id: 'ada' },
  })
  expect([door(ADA), door(NEW), held()]).toEqual(['card-revoked', 'ok', 'ada ben cat dan eve'])
  expect(actions().at(-1)).toBe('card-replaced')
  expect(refusalOf(replaceCard(deps, ADA, 'damaged', 'em:1111111111')).sentence).toContain('nothing to replace')
  value(revokeCard(deps, NEW, 'stolen'))
  value(replaceCard(deps, NEW, 'damaged', 'em:1111111111'))
  expect(cardRow(deps, NEW)).toMatchObject({ state: 'stolen', why: 'stolen' })
})

test('stock and loaners: out with a date, asked back, never given for good by mistake', () => {
  const { deps, door, held, setClock } = opened()
  expect(door(NEW)).toBe('unknown-card')
  expect(value(stockCard(deps, NEW, { loaner: true, label: 'Loaner 3' }))).toMatchObject({
    state: 'unassigned',
    loaner: true,
    label: 'Loaner 3',
  })
  expect(door(NEW)).toBe('card-unassigned')
  expect(refusalOf(enrolCard(deps, 'ada', NEW)).sentence).toBe(
    'This is a loaner (Loaner 3): lend it, and it is asked back.',
  )
  expect(refusalOf(lendCard(deps, 'ada', NEW, '2026-03-09')).code).toBe('bad-request')
  expect(refusalOf(lendCard(deps, 'ben', ADA)).sentence).toContain('no loaner')
  expect(value(lendCard(deps, 'ben', NEW, '2026-03-10'))).toMatchObject({
    member: { id: 'ben' },
    dueAt: '2026-03-10T23:00:00.000Z',
    loaner: true,
    label: 'Loaner 3',
  })
  expect(refusalOf(lendCard(deps, 'ada', NEW)).sentence).toContain('out with ben')
  expect(refusalOf(stockCard(deps, NEW, { loaner: true })).sentence).toContain('ben has this card')
  // Overdue is no reason to stand before a locked door.
  setClock('2026-03-12T10:00:00Z')
  expect(door(NEW)).toBe('ok')
  expect(value(takeBack(deps, NEW))).toMatchObject({ state: 'unassigned', member: null, dueAt: null, loaner: true })
  expect([door(NEW), held()]).toEqual(['card-unassigned', 'ada ben cat dan eve'])
  expect(refusalOf(takeBack(deps, NEW)).code).toBe('wrong-state')
  value(labelCard(deps, NEW, ' Guest 1 '))
  expect(cardRow(deps, NEW).label).toBe('Guest 1')
  value(stockCard(deps, NEW, { loaner: false }))
  expect(value(enrolCard(deps, 'ada', NEW))).toMatchObject({ loaner: false, label: 'Guest 1', member: { id: 'ada' } })
})

test('a card that a door cannot tell from another one in use is not handed out there, and it is said whose that is', () => {
  const { deps, door } = opened()
  const alike = 'em:7F007B3972'
  value(enrolCard(deps, 'ada', NEW))
  // Every door reads cards whole: the two differ.
  value(enrolCard(deps, 'ben', alike))
  value(revokeCard(deps, alike, 'returned'))
  const db = deps.live.db
  insertDoor(db, { id: 'side', name: 'Side gate', driver: 'native', format: 'W26', key: null, at: deps.now() })
  expect(refusalOf(enrolCard(deps, 'ben', alike)).sentence).toBe(
    'Side gate cannot tell this card from one that ada has: use another card.',
  )
  expect(refusalOf(enrolCard(deps, 'ada', alike)).sentence).toContain('that ada has already')
  // The card that it replaces is no obstacle.
  expect(value(replaceCard(deps, NEW, 'damaged', alike))).toMatchObject({ member: { id: 'ada' } })
  expect(door('00111101100111001011100101', 'side')).toBe('ok')
  // A card in the box that looks the same does not stand in the way of its holder.
  value(stockCard(deps, 'em:8F007B3972', { loaner: false }))
  expect(door('00111101100111001011100101', 'side')).toBe('ok')
})

test('a card enrolled by its short number and seen whole: asked, upgraded, and opening as before', () => {
  const { deps, door } = opened()
  const short = 'w26:7B3972'
  value(enrolCard(deps, 'ada', short))
  const refusal = refusalOf(enrolCard(deps, 'ben', NEW)) as { sentence: string; detail?: SameCard }
  expect(refusal.sentence).toBe(
    'ada has a card that was enrolled by its short number 123,14706. Is this the same card?',
  )
  expect(refusal.detail).toMatchObject({ whole: NEW, sameAs: { canonical: short, member: { id: 'ada' } } })
  expect(refusalOf(upgradeCard(deps, short, 'em:6F007B3973')).code).toBe('wrong-state')
  expect(refusalOf(upgradeCard(deps, ADA, NEW)).sentence).toContain('short number')
  expect([door(short), door(NEW)]).toEqual(['ok', 'unknown-card'])
  expect(value(upgradeCard(deps, short, NEW))).toMatchObject({ canonical: NEW, state: 'active', member: { id: 'ada' } })
  // What a door without a form showed of it before still finds it.
  expect([door(short), door(NEW)]).toEqual(['ok', 'ok'])
  expect(refusalOf(enrolCard(deps, 'ben', short)).code).toBe('taken')
})

test('another card than the short one is enrolled when somebody says so', () => {
  const { deps } = opened()
  value(enrolCard(deps, 'ada', 'w26:7B3972'))
  expect(value(enrolCard(deps, 'ben', NEW, { notTheSame: true }))).toMatchObject({ member: { id: 'ben' } })
})

test('one wait owns the reader, says for whom, and ends after a minute or with its card', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { deps, waits, pushed, actions } = opened()
  const first = value(awaitCard(deps, { what: 'enrol', member: 'cat' }))
  expect(first).toMatchObject({ state: 'waiting', until: '2026-03-10T10:01:00.000Z', member: { name: 'cat' } })
  expect(refusalOf(awaitCard(deps, { what: 'look' }))).toEqual({
    code: 'busy',
    sentence: 'The reader is taken: a card for cat is being enrolled (60 s left). Finish or cancel that first.',
  })
  // A card at a door is not the one that is waited for here.
  expect(waits.onRead(NEW, 'front')).toBe(false)
  expect(waits.onRead(ADA, null)).toBe(true)
  expect(pushed.at(-1)).toMatchObject({
    id: first.id,
    state: 'refused',
    sentence: 'This card belongs to ada. Take it back from them first, or use another card.',
  })
  value(awaitCard(deps, { what: 'enrol', member: 'cat' }))
  vi.advanceTimersByTime(59_999)
  expect(waits.current()).not.toBeNull()
  vi.advanceTimersByTime(1)
  expect([waits.current(), pushed.at(-1)?.state]).toEqual([null, 'timed-out'])
  expect(waits.onRead(NEW, null)).toBe(false)

  const box = value(awaitCard(deps, { what: 'stock', loaner: true }))
  for (const card of [NEW, NEW, ADA, 'iso14a:08A1B2C3', 'em:1111111111']) waits.onRead(card, null)
  expect(pushed.slice(-5).map(({ count, sentence }) => [count, sentence])).toEqual([
    [1, null],
    [1, 'This card is in stock already.'],
    [1, 'ada has this card: take it back from them first.'],
    [1, 'This card makes up a new number at every tap (phones do): use a card or fob with a number of its own.'],
    [2, null],
  ])
  waits.stop(box.id)
  expect(pushed.at(-1)).toMatchObject({ state: 'cancelled', count: 2 })

  value(awaitCard(deps, { what: 'lend', member: 'ben', due: '2026-03-11' }))
  waits.onRead(NEW, null)
  expect(pushed.at(-1)).toMatchObject({ state: 'done', card: { member: { id: 'ben' } } })
  value(awaitCard(deps, { what: 'back' }))
  waits.onRead(NEW, null)
  expect(pushed.at(-1)).toMatchObject({ state: 'done', card: { state: 'unassigned', member: null } })
  value(awaitCard(deps, { what: 'replace', card: ADA, reason: 'damaged' }))
  waits.onRead('em:2222222222', null)
  expect(pushed.at(-1)).toMatchObject({ state: 'done', card: { canonical: 'em:2222222222', member: { id: 'ada' } } })
  value(awaitCard(deps, { what: 'look' }))
  waits.onRead('em:3333333333', null)
  expect(pushed.at(-1)).toMatchObject({ state: 'done', card: { state: 'unassigned', canonical: 'em:3333333333' } })
  expect(
    actions()
      .filter((kind) => kind.startsWith('card-'))
      .slice(-5),
  ).toEqual(['card-stocked', 'card-stocked', 'card-lent', 'card-back', 'card-replaced'])
  vi.useRealTimers()
})

test('a desk that is told to end does not wait for a card that nobody presents', () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const { waits } = opened()
  const before = timers()
  waits.begin({ what: 'back', member: null, onCard: () => null })
  expect(timers()).toBe(before)
})
