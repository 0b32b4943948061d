// The card doctor at the fake desk: three doors of different makes, and what was shown at them.
import { atDoorWords, suspicionWords } from '../../src/main/domain/card-doctor-en.ts'
import { CARD_FORMS, isLossy, readCard, shortForm, writtenIn } from '../../src/main/domain/card-identity.ts'
import { cardRefusals } from '../../src/main/domain/cards-en.ts'
import type { CardExam, CardUses, DoorExam } from '../../src/preload/shapes-card-doctor.ts'
import { type Handlers, no } from './fake-answers.ts'
import { plainCard } from './fake-cards.ts'
import type { World } from './fake-data.ts'

type Use = CardUses['uses'][number] & { canonical: string }

export function createDoctor(world: World) {
  const log: Use[] = []
  const knobs = { mayReadVisits: true, copied: false, known: null as string | null }

  function exam(canonical: string): CardExam {
    const card = world.cards.find((one) => one.canonical === canonical) ?? {
      ...plainCard(canonical, ''),
      short: shortForm(canonical),
      since: null,
    }
    const name = card.member?.name ?? 'Somebody'
    const works = card.member !== null && card.state === 'active'
    const door = (id: string, more: Partial<DoorExam>): DoorExam => ({
      id,
      name: world.doors.find((one) => one.id === id)?.name ?? id,
      form: null,
      shows: canonical,
      part: false,
      alike: [],
      grant: works,
      reason: works ? 'ok' : 'unknown-card',
      sentence: works ? `${name} may come in.` : `Nobody has this card (${card.short}).`,
      device: null,
      ...more,
    })
    const pair = writtenIn(canonical, '2H3D,4H5D') ?? null
    const other = world.members[8]?.name ?? ''
    const lossy = isLossy(canonical)
    return {
      card,
      forms: Object.fromEntries(
        CARD_FORMS.flatMap((form) => {
          const text = form === 'canonical' ? undefined : writtenIn(canonical, form)
          return text === undefined ? [] : [[form, text]]
        }),
      ),
      lossy,
      mayBe: lossy ? world.cards.slice(0, 1) : [],
      sameAs:
        canonical === 'em:6F007B3972'
          ? {
              card: { ...plainCard('w26:7B3972', world.iso(-9)), state: 'active', member: { id: 'm8', name: other } },
              sentence: cardRefusals.sameCard(other, '123,14706'),
            }
          : null,
      doors: [
        door('front', {}),
        door('workshop', {
          form: '2H3D,4H5D',
          shows: pair,
          part: true,
          device: { state: 'to-load', since: world.iso(-0.01) },
          ...(works
            ? { sentence: `${name} may come in. Payment of €45.00 is late since 18 Nov; access ends 25 Nov.` }
            : {}),
        }),
        door('gate', {
          name: 'Side gate',
          form: 'iso14a-lsb-dec',
          shows: null,
          grant: false,
          reason: null,
          sentence: atDoorWords.shownNothing('Side gate', 'iso14a-lsb-dec'),
        }),
      ],
      suspicions: [],
    }
  }

  const handlers: Handlers = {
    'cards.examine': ({ card, form }) => {
      const read = form === undefined ? readCard(card) : readCard(card, form as '8H10D')
      if (read.ok) return exam(read.canonical)
      const readings = read.readings.map((one) => ({ ...one, known: one.canonical === knobs.known }))
      return no(
        'unreadable',
        read.why,
        readings.toSorted((a, b) => Number(b.known) - Number(a.known)),
      )
    },
    'cards.uses': ({ card, after = 0 }) =>
      knobs.mayReadVisits
        ? {
            uses: log.filter(({ seq, canonical }) => canonical === card && seq > after).toReversed(),
            suspicions: knobs.copied
              ? [
                  {
                    kind: 'two-doors',
                    at: world.iso(-0.02),
                    sentence: suspicionWords.twoDoors('Front door', 'Workshop', 3, 'today 11:01'),
                  },
                ]
              : [],
            newest: log.length,
          }
        : no('not-allowed', 'You may not do this: ask a manager.'),
  }

  return {
    handlers,
    knobs,
    /** The card comes to a door; the feed tells it. */
    shown(canonical: string, door: number, sentence: string, grant = true): void {
      const { id, name } = world.doors[door] ?? { id: 'front', name: 'Front door' }
      const seq = log.length + 1
      const reason = grant ? ('ok' as const) : ('not-this-door' as const)
      log.push({ seq, at: world.iso(0), door: { id, name }, grant, reason, sentence, part: null, canonical })
    },
  }
}
