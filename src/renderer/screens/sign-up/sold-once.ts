// Whether the chosen plan is sold once: then it is agreed at the desk, for its days and at its price.
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { useReading } from '../../state/readings.ts'

export type SoldOnce = { days: number; amount: { minor: number; currency: string } | null }

/** Null where it is charged again and again, and until the desk has said. */
export function useSoldOnce({ plan }: SignUp): SoldOnce | null {
  const { value: plans } = useReading('signUps.plans', {})
  const offer = plans?.find(({ id }) => id === plan?.id)
  return offer == null || offer.termDays === null ? null : { days: offer.termDays, amount: offer.price?.amount ?? null }
}
