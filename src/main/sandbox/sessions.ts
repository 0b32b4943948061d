// How a hosted payment page ends: nobody paid in time, or a bank debit arrives or comes back.
import type { SessionRecord } from './records-checkout.ts'
import { cancelSetup } from './setup.ts'
import { all, change, find, get, type World } from './state.ts'

const KIND = 'checkout.session'

/** Nobody can pay there any more, and what it was to set up is given up. */
export function expireSession(world: World, id: string): SessionRecord {
  const session = get(world, KIND, id)
  if (session.status !== 'open') return session
  const setup = session.setupIntent === null ? undefined : find(world, 'setup_intent', session.setupIntent)
  if (setup !== undefined && setup.status !== 'succeeded') cancelSetup(world, setup.id, 'abandoned')
  return change(world, KIND, id, { status: 'expired' }, 'checkout.session.expired')
}

/** A debit by which somebody paid at a page has been settled. */
export function tellSession(world: World, intent: string): void {
  const payment = find(world, 'payment_intent', intent)
  if (payment?.status !== 'succeeded' && payment?.status !== 'requires_payment_method') return
  const session = all(world, KIND).find(
    (one) => one.intent === intent || (one.invoice !== null && one.invoice === payment.invoice),
  )
  if (session === undefined || session.paymentStatus !== 'unpaid') return
  if (payment.status === 'requires_payment_method') {
    change(world, KIND, session.id, {}, 'checkout.session.async_payment_failed')
  } else {
    change(world, KIND, session.id, { paymentStatus: 'paid' }, 'checkout.session.async_payment_succeeded')
  }
}
