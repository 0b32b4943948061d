// The calls of the card doctor, each mapped to its use case.
import type { cardDoctorCalls } from '../../preload/calls-card-doctor.ts'
import { cardFromText } from './card-text.ts'
import { readCardUses } from './card-uses.ts'
import { examineCard } from './examine-card.ts'
import { oursFirst } from './find-card.ts'
import type { HandlersOf } from './handler-type.ts'
import { done, refuse } from './result.ts'

export const cardDoctorHandlers = {
  'cards.examine': (deps, { card, form }) => {
    const read = cardFromText(card, form)
    if (read.ok) return done(examineCard(deps, read.value))
    const { code, sentence } = read.refusal
    return form === undefined ? refuse(code, sentence, oursFirst(deps, card)) : read
  },
  'cards.uses': (deps, { card, form, after }) => {
    const read = cardFromText(card, form)
    return read.ok ? done(readCardUses(deps, read.value, after)) : read
  },
} satisfies HandlersOf<typeof cardDoctorCalls>
