// "What if" at the fake desk: a rule that is tried waits until the test lets it end; what comes out is fixed by grace.
import { whatIfDefinition, whatIfRefusals, whatIfRow } from '../../src/main/domain/what-if-en.ts'
import type { WhatIf } from '../../src/preload/shapes-what-if.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

/** `held`: the replay that waits; null where none does. */
export type FakeWhatIf = { hold: boolean; held: (() => void) | null; stopped: boolean; unknown: number }

export function createWhatIf(): FakeWhatIf {
  return { hold: false, held: null, stopped: false, unknown: 0 }
}

export function whatIfHandlers(world: World, facts: FakeWhatIf): Handlers {
  const verdict = (grant: boolean, reason: 'lapsed' | 'ok-grace' | 'frozen', words: string) => ({
    grant,
    reason,
    words,
  })
  const row = (n: number, letIn: boolean, count: number): WhatIf['rows'][number] => {
    const { id = '', name = '' } = world.members[n] ?? {}
    const [refused, open] = [verdict(false, 'lapsed', 'lapsed'), verdict(true, 'ok-grace', 'in grace')]
    const [was, would] = letIn ? [refused, open] : [open, refused]
    const door = world.doors[n % world.doors.length] ?? { id: 'front', name: 'Front door' }
    const say = letIn ? whatIfRow.letIn : whatIfRow.refused
    return {
      member: { id, name },
      door: { id: door.id, name: door.name },
      first: world.iso(-3 * n - 2),
      last: world.iso(-n - 1),
      count,
      was,
      would,
      sentence: say(name, door.name, count, was.reason, would.reason),
    }
  }
  return {
    'whatIf.replay': async ({ change, days = 90 }) => {
      facts.stopped = false
      if (facts.hold) await new Promise<void>((resolve) => (facts.held = resolve))
      facts.held = null
      if (facts.stopped) return no('wrong-state', whatIfRefusals.stopped)
      const card = change.graceDays?.card ?? 7
      const longer = card > 8
      const rows = longer ? [row(1, true, 3), row(2, true, 12), row(4, true, 1)] : card < 7 ? [row(3, false, 2)] : []
      const swipes = rows.reduce((sum, { count }) => sum + count, 0)
      return {
        from: world.iso(-days),
        until: world.iso(0),
        swipes: 4_318,
        logged: 61_204,
        letIn: longer ? { people: 3, swipes } : { people: 0, swipes: 0 },
        refused: longer ? { people: 0, swipes: 0 } : { people: rows.length, swipes },
        rows,
        total: rows.length,
        unknown: {
          count: facts.unknown,
          why:
            facts.unknown === 0
              ? []
              : [{ count: facts.unknown, words: 'they were decided by an older version of Latchkey' }],
        },
        byThemselves: 14,
        needs: longer ? [] : [{ method: 'card', days: 9 }],
        definition: whatIfDefinition,
      }
    },
    'whatIf.stop': () => {
      facts.stopped = true
      facts.held?.()
      return { ok: true }
    },
    'whatIf.csv': () => ({ name: 'what-if.csv', csv: 'Name\r\n' }),
    'whatIf.could': ({ member, door, at }) => {
      const { name = '' } = world.members.find(({ id }) => id === member) ?? {}
      const named = world.doors.find(({ id }) => id === door)
      if (named === undefined) return no('not-found', whatIfRefusals.noDoor(door))
      const past = at < '2030'
      return {
        at: new Date(`${at}:00Z`).toISOString(),
        past,
        member: { id: member, name },
        door: { id: door, name: named.name },
        grant: past,
        reason: past ? 'ok-grace' : 'lapsed',
        sentence: past
          ? `3 Mar 2025 21:00 at ${named.name}: yes. ${name} could come in. Payment of €45.00 is late since 26 Feb; access ends 5 Mar.`
          : `3 Mar 2031 21:00 at ${named.name}: no. ${name}'s payment of €45.00 failed on 26 Feb. Access ended 5 Mar.`,
        inputs: {
          plan: 'Full member',
          method: 'card',
          graceUntil: '2025-03-05T11:00:00.000Z',
          memberships: 1,
          card: 'active',
        },
        notes: [
          past
            ? 'Plans, hours and inductions that the door asks for are those of today: what they were is not kept.'
            : 'By what is known now: a payment, or a change of the rules, may alter it.',
        ],
        swipe: past
          ? {
              at: '2025-03-03T20:12:00.000Z',
              grant: false,
              reason: 'lapsed',
              agrees: false,
              words: 'The log says otherwise: swiped 3 Mar 2025 20:12, refused (lapsed).',
              sentence: `${name}'s payment failed on 26 Feb.`,
            }
          : null,
      }
    },
  }
}
