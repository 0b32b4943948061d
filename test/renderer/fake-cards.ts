// Cards at the fake desk: their life, the one wait that has the readers, a file of them. With the desk's own sentences.

import { importWords } from '../../src/main/domain/card-file-en.ts'
import { readCard } from '../../src/main/domain/card-identity.ts'
import { cardRefusals, waitWords } from '../../src/main/domain/cards-en.ts'
import type { CardRow, MemberRow } from '../../src/preload/shapes.ts'
import type { CardWait } from '../../src/preload/shapes-cards.ts'
import { type Handlers, no } from './fake-answers.ts'
import { short, type World } from './fake-data.ts'

const MINUTE = 60_000
const NEW_CARD = 'em:0A1B2C3D4E'

type Others = { now: () => number; ready: () => boolean; tell: (wait: CardWait) => void }

export function createCards(world: World, { now, ready, tell }: Others) {
  let wait: CardWait | null = null
  let begun = 0
  let imported: CardRow[] = []
  const named = (member: MemberRow | undefined) => (member === undefined ? null : { id: member.id, name: member.name })
  const person = (id: string) => named(world.members.find((member) => member.id === id))
  const cardOf = (canonical: string) => world.cards.find((card) => card.canonical === canonical)
  const later = () => new Date(now() + MINUTE).toISOString()

  function changed(canonical: string, change: Partial<CardRow>) {
    const card = cardOf(canonical)
    return card === undefined
      ? no('not-found', cardRefusals.unknown(canonical))
      : Object.assign(card, { since: world.iso(0) }, change)
  }
  function given(canonical: string, member: CardRow['member'], more: Partial<CardRow> = {}): CardRow {
    return { ...plainCard(canonical, world.iso(0)), state: 'active', member, ...more }
  }
  function say(change: Partial<CardWait>): void {
    if (wait === null) throw new Error('Nobody waits for a card at the fake desk')
    const next = { ...wait, ...change }
    wait = next.state === 'waiting' ? next : null
    tell(next)
  }
  const dueOf = (due: string | undefined) => (due === undefined ? null : `${due}T23:00:00.000Z`)

  const handlers: Handlers = {
    'cards.await': (asked) => {
      if (wait !== null) return no('busy', waitWords.busy(waitWords.what[wait.what](wait.member?.name ?? ''), 42))
      const row = asked.what === 'assign' ? world.feed.find(({ seq }) => seq === asked.seq) : undefined
      if (asked.what === 'assign' && row === undefined) return no('not-found', waitWords.noSwipe)
      if (row !== undefined && now() - Date.parse(row.at) > 5 * MINUTE) return no('wrong-state', waitWords.tooOld)
      const member =
        asked.what === 'replace'
          ? (cardOf(asked.card)?.member ?? null)
          : 'member' in asked
            ? person(asked.member)
            : null
      if ('member' in asked && member === null) return no('not-found', cardRefusals.noMember)
      begun += 1
      wait = {
        id: `wait-${begun}`,
        what: asked.what,
        member,
        until: later(),
        state: 'waiting',
        sentence: null,
        card: null,
        count: 0,
        sameAs: null,
        readerReady: ready(),
      }
      return wait
    },
    'cards.stopWaiting': ({ id }) => {
      if (wait?.id === id) wait = null
      return { ok: true }
    },
    'demo.present': () => {
      if (wait !== null) say({ state: 'done', card: given(NEW_CARD, wait.member) })
      return { card: NEW_CARD }
    },
    'cards.add': ({ member, card, form }) => {
      if (form === undefined && /^\d{10}$/.test(card))
        return no('unreadable', `${card} may stand for different cards; say which form it has: 10H13D, 8H10D.`, [
          { form: '8H10D', canonical: 'em:0000BC614E' },
          { form: 'uhppote', canonical: 'w26:BC614E' },
        ])
      return given('em:0000BC614E', person(member))
    },
    'cards.upgrade': ({ card, whole }) => given(whole, cardOf(card)?.member ?? named(world.members[1])),
    'cards.replace': ({ card, by }) => given(by, cardOf(card)?.member ?? null),
    'cards.lend': ({ card, member, due }) =>
      changed(card, { state: 'active', member: person(member), dueAt: dueOf(due) }),
    'cards.takeBack': ({ card }) => changed(card, { state: 'unassigned', member: null, dueAt: null }),
    'cards.stock': ({ card, loaner }) => changed(card, { state: 'unassigned', member: null, loaner }),
    'cards.label': ({ card, label }) => changed(card, { label: label.trim() === '' ? null : label.trim() }),
    'cards.setLastDay': ({ card, until }) =>
      until !== null && until < '2026'
        ? no('bad-request', 'Choose a day that is still to come.')
        : changed(card, { validUntil: until === null ? null : `${until}T23:00:00.000Z` }),
    'cards.suspend': ({ card }) => changed(card, { state: 'suspended' }),
    'cards.reinstate': ({ card }) => changed(card, { state: 'active' }),
    'cards.start': ({ card }) => changed(card, { state: 'active' }),
    'cards.extend': ({ card, until }) =>
      until < '2026' ? no('bad-request', 'Choose a day that is still to come.') : changed(card, { state: 'active' }),
    'cards.revoke': ({ card, reason }) =>
      changed(card, { state: reason === 'lost' || reason === 'stolen' ? reason : 'revoked' }),
    'cards.list': ({ show, limit }) =>
      world.cards.filter((card) => show === undefined || LISTS[show](card)).slice(0, limit ?? 500),
    'cards.history': ({ card }) => {
      const row = cardOf(card)
      if (row === undefined) return no('not-found', cardRefusals.unknown(card))
      const before = named(world.members[8])
      const still =
        row.member === null ? [] : [{ member: row.member, from: world.iso(-6), until: null, loan: row.loaner }]
      const held = [
        ...still,
        { member: before ?? NOBODY, from: world.iso(-40), until: world.iso(-33), loan: row.loaner },
      ]
      return {
        card: row,
        holders: held,
        facts: [
          { at: world.iso(-6), sentence: `Lent to ${row.member?.name ?? 'somebody'}, due yesterday.`, by: 'owner' },
          { at: world.iso(-33), sentence: 'Given back.', by: 'owner' },
          { at: world.iso(-40), sentence: `Lent to ${before?.name ?? ''}, due 3 Nov.`, by: 'owner' },
          { at: world.iso(-41), sentence: 'Put into stock as a loaner, by the file box.csv.', by: 'owner' },
        ],
      }
    },
    'cards.previewImport': ({ text }) => {
      const lines = text.trim().split(/\r?\n/).slice(1)
      if (lines.length === 0) return no('bad-request', importWords.noLines)
      return { lines: lines.map(linePlan), unused: ['locker'] }
    },
    'cards.import': ({ text }) => {
      const plans = text.trim().split(/\r?\n/).slice(1).map(linePlan)
      const fitting = plans.filter(({ fits }) => fits)
      imported = fitting.map(({ card }) => ({ ...plainCard(card, world.iso(0)), label: 'Loaner 9' }))
      return { id: 'import-1', given: fitting.length - 1, stocked: 1, refused: plans.filter(({ fits }) => !fits) }
    },
    'cards.undoImport': () => ({ undone: imported.length - 1, kept: imported.slice(0, 1) }),
  }

  function linePlan(text: string, n: number) {
    const [card = '', name = ''] = text.split(';')
    const known = world.members.find((member) => member.name === name)
    const sentence =
      name === ''
        ? importWords.labelled(importWords.stocksLoaner, 'Loaner 9')
        : known === undefined
          ? importWords.nobody(name)
          : importWords.labelled(importWords.gives(name), undefined)
    const read = readCard(card)
    const forms = read.ok ? [] : read.readings.map(({ form }) => form)
    const fits = forms.length === 0 && (name === '' || known !== undefined)
    return { line: n + 2, card, fits, sentence, forms }
  }

  return {
    handlers,
    /** How the wait ends. */
    settle(state: CardWait['state'], sentence: string | null = null, more: Partial<CardWait> = {}): void {
      const done = state === 'done' && wait !== null ? { card: given(NEW_CARD, wait.member) } : {}
      say({ state, sentence, ...done, ...more })
    },
    /** One more from the box: taken, or why not. */
    fromBox(card: Partial<CardRow> | string): void {
      if (typeof card === 'string') return say({ sentence: card, card: null, until: later() })
      const row = { ...plainCard(NEW_CARD, world.iso(0)), ...card }
      say({ sentence: null, card: row, count: (wait?.count ?? 0) + 1, until: later() })
    },
    /** Somebody at another screen has the readers, until they are done. */
    takeReaders(): () => void {
      const { id, name } = world.members[9] ?? NOBODY
      const state = 'waiting' as const
      const none = { sentence: null, card: null, count: 0, sameAs: null }
      wait = { id: 'other', what: 'enrol', member: { id, name }, until: later(), state, ...none, readerReady: true }
      return () => {
        wait = null
      }
    },
  }
}

const NOBODY = { id: '', name: '' }

const LISTS = {
  'in-use': ({ state }: CardRow) => !['unassigned', 'revoked', 'lost', 'stolen'].includes(state),
  stock: ({ state }: CardRow) => state === 'unassigned',
  out: ({ loaner, member }: CardRow) => loaner && member !== null,
  lost: ({ state }: CardRow) => state === 'lost' || state === 'stolen',
}

export function plainCard(canonical: string, since: string): CardRow {
  return {
    canonical,
    short: short(canonical),
    state: 'unassigned',
    since,
    why: null,
    label: null,
    loaner: false,
    validUntil: null,
    dueAt: null,
    member: null,
    stillOpens: [],
  }
}
