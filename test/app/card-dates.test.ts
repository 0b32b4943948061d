// Cards with a first and a last day: "Start now" and "Extend", from the sentence to the door's answer.
import { expect, test } from 'vitest'
import { extendCard, startCard, suspendCard } from '../../src/main/app/card-state.ts'
import { explain } from '../../src/main/app/explain.ts'
import { addManual } from '../../src/main/app/manual-membership.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { timeline } from '../../src/main/app/timeline.ts'
import { credentialByCanonical, insertCredential, insertCredentialFact } from '../../src/main/store/credentials.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

const CARD = 'em:6F007B3972'
const NOBODY = 'em:0000000001'

/** Tuesday 10 March 2026, 11:00 in Berlin. Ada has paid for the year, and her only card has these days. */
function opened(days: { validFrom?: string; validUntil?: string }) {
  const desk = openAgreedDesk('2026-03-10T10:00:00Z')
  const { deps } = desk
  const { db, newId } = deps.live
  db.prepare('DELETE FROM credential_fact').run()
  const ms = (day: string | undefined) => (day === undefined ? null : Date.parse(day))
  insertCredential(db, 'c-ada', CARD, deps.now())
  const dates = { validFrom: ms(days.validFrom), validUntil: ms(days.validUntil) }
  const enrolled = { kind: 'enrolled', at: deps.now() - 1, memberId: 'ada', ...dates } as const
  insertCredentialFact(db, 'c-ada', enrolled, { id: newId(), origin: 'desk-1', operator: 'owner' })
  value(addManual(deps, { member: 'ada', plan: 'full', method: 'cash', from: '2026-03-01', until: '2026-12-31' }))
  const actions = () =>
    db.prepare('SELECT kind, operator, detail FROM action WHERE subject = ? ORDER BY seq').all(CARD) as {
      kind: string
      operator: string
      detail: string
    }[]
  const door = () => value(explain(deps, { door: 'front', card: CARD })).reason
  return { ...desk, deps, actions, door, panel: () => value(memberPanel(deps, 'ada')) }
}

test('a card before its first day is said, and starts with one click, its last day unchanged', () => {
  const { deps, actions, door, panel, setClock } = opened({
    validFrom: '2026-03-15T23:00:00Z',
    validUntil: '2026-03-31T22:00:00Z',
  })
  expect(door()).toBe('card-not-yet-active')
  expect(panel()).toMatchObject({ sentence: "ada's card starts on 16 Mar.", remedies: ['start-card'] })
  expect(refusalOf(extendCard(deps, CARD, '2026-12-31')).sentence).toBe('This card has not begun yet: start it first.')
  expect(value(startCard(deps, CARD))).toMatchObject({ state: 'active', member: { id: 'ada' } })
  expect(door()).toBe('ok')
  expect(panel()).toMatchObject({ sentence: null, remedies: [] })
  const detail = JSON.stringify({ member: 'ada', until: '2026-03-31T22:00:00.000Z' })
  expect(actions()).toEqual([{ kind: 'card-started', operator: 'owner', detail }])
  expect(refusalOf(startCard(deps, CARD)).sentence).toBe('This card works already.')
  setClock('2026-03-31T22:00:00Z')
  expect(door()).toBe('card-expired')
  expect(refusalOf(startCard(deps, CARD)).sentence).toBe('This card is expired, so there is nothing to start.')
})

test('a card that ran out is said, and opens again to the end of the day that is chosen', () => {
  const { deps, actions, door, panel, setClock } = opened({ validUntil: '2026-03-05T23:00:00Z' })
  expect(door()).toBe('card-expired')
  expect(panel()).toMatchObject({ sentence: "ada's card ran out on 6 Mar.", remedies: ['extend-card'] })
  expect(refusalOf(extendCard(deps, CARD, 'soon')).sentence).toContain('"soon" is not a day')
  expect(refusalOf(extendCard(deps, CARD, '2026-03-09')).sentence).toBe('Choose a day that is still to come.')
  expect(actions()).toEqual([])
  value(extendCard(deps, CARD, '2026-03-20'))
  expect(panel()).toMatchObject({ sentence: null, remedies: [] })
  setClock('2026-03-20T22:59:59Z')
  expect(door()).toBe('ok')
  // Also before it runs out, and never to an earlier day in passing.
  expect(refusalOf(extendCard(deps, CARD, '2026-03-20')).sentence).toBe('This card lasts longer than that already.')
  value(extendCard(deps, CARD, '2026-03-21'))
  setClock('2026-03-21T23:00:00Z')
  expect(door()).toBe('card-expired')
  expect(actions().map(({ kind }) => kind)).toEqual(['card-extended', 'card-extended'])
  const story = value(timeline(deps, { id: 'ada' })).map(({ text }) => text)
  expect(story.filter((text) => text === 'A card was extended.')).toHaveLength(2)
  // What was known before stands beside it, with its time, its origin and by whom.
  expect(credentialByCanonical(deps.desk, CARD)?.facts).toHaveLength(3)
  const by = deps.desk.prepare('SELECT DISTINCT origin, operator FROM credential_fact').all()
  expect(by).toEqual([{ origin: 'desk-1', operator: 'owner' }])
})

test('one that is out of use for another reason is not brought back by either', () => {
  const { deps, door } = opened({ validUntil: '2026-03-31T22:00:00Z' })
  value(suspendCard(deps, CARD, 'locker'))
  for (const refused of [startCard(deps, CARD), extendCard(deps, CARD, '2026-12-31')])
    expect(refusalOf(refused).sentence).toMatch(/^This card is suspended, so there is nothing to /)
  expect(door()).toBe('card-suspended')
  for (const refused of [startCard(deps, NOBODY), extendCard(deps, NOBODY, '2026-12-31')])
    expect(refusalOf(refused).code).toBe('not-found')
})

test('one that never runs out cannot be extended', () => {
  const { deps } = opened({})
  expect(refusalOf(extendCard(deps, CARD, '2026-12-31')).sentence).toBe('This card lasts longer than that already.')
})
