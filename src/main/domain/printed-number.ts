// Which of several readings of a reader's text is right: those that fit the number printed on the same card.
import { CARD_FORMS, isLossy, projections, readCard } from './card-identity.ts'

/** How well the reading fits: 3 the whole card, 2 a whole card by a short number, 1 a short reading; 0 not at all. */
export function fitOf(card: string, printed: string): 0 | 1 | 2 | 3 {
  const meant = new Set(
    CARD_FORMS.flatMap((form) => {
      const read = readCard(printed, form)
      return read.ok ? [read.canonical] : []
    }),
  )
  const bySelf = meant.has(card)
  if (bySelf && !isLossy(card)) return 3
  if (bySelf) return 1
  if (projections(card).some((short) => meant.has(short))) return isLossy(card) ? 1 : 2
  return [...meant].some((whole) => projections(whole).includes(card)) ? 1 : 0
}

/** The readings that fit best; several where the number cannot tell them apart. */
export function bestFits<T extends { card: string }>(readings: readonly T[], printed: string): T[] {
  const fits = readings.map((reading) => fitOf(reading.card, printed.trim()))
  const best = Math.max(0, ...fits)
  return best === 0 ? [] : readings.filter((_, index) => fits[index] === best)
}
