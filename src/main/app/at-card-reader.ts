// A card at Stripe's reader, for whatever it is saved: sent there once, waited for, and the truth read before anything is
// repeated.
import { type DeedNow, type Fault, NO_SAVED_CARD } from '../domain/sign-up.ts'
import { signUpFaults as faults } from '../domain/sign-up-en.ts'
import { type Ms, SECOND } from '../domain/time.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { Intent, Till } from '../stripe/till-port.ts'

/** How long a person has at the card reader; then the truth is read and the reader set free. */
const AT_READER = 75 * SECOND
const LOOK_EVERY = SECOND

/** A clear no, which the journal keeps; what is unclear is thrown as it came. */
export class Refused extends Error {
  code: string
  constructor(code: string, sentence: string) {
    super(sentence)
    this.code = code
  }
}

/** Null where it is not known how it went. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof Refused) return { code: error.code, sentence: error.message }
  if (!(error instanceof StripeTrouble) || error.kind !== 'refused') return null
  return { code: error.code ?? 'refused', sentence: error.message }
}

export type Doing = {
  till: Till
  sleep: (ms: number) => Promise<void>
  /** Whether somebody has said that it is to stop at the card reader. */
  isCancelled: () => boolean
}

type Asked = { readerId: string; intentId: string; key: string; before: DeedNow; now: () => Ms }

/** Answers the payment method that was saved. An intent that has succeeded is taken, whatever the reader says. */
export async function cardAtReader({ readerId, intentId, key, before, now }: Asked, doing: Doing): Promise<string> {
  const { till } = doing
  const already = await till.intent(intentId)
  if (already.status === 'succeeded') return savedCard(already)
  let reader = await till.reader(readerId)
  // A card that was presented since the intent was read is as good as one that is waited for.
  const under = reader.action?.intentId === intentId && reader.action.status !== 'failed'
  if (!under) {
    // Begun before, and nothing of it is there: whoever stood there has gone.
    if (before.state === 'open') throw new Refused('interrupted', faults.interrupted)
    // Whoever stood in the queue and left sends nothing to a reader at which somebody else may stand.
    if (doing.isCancelled()) throw new Refused('cancelled', faults.cancelled)
    reader = await till.collect(key, readerId, intentId)
  }
  const until: Ms = now() + AT_READER
  for (;;) {
    const { action } = reader
    const ours = action?.intentId === intentId
    if (ours && action.status === 'succeeded') return savedCard(await till.intent(intentId))
    if (ours && action.status === 'failed') throw await failed(till, intentId, action.failure)
    if (!ours || doing.isCancelled() || now() >= until) break
    await doing.sleep(LOOK_EVERY)
    reader = await till.reader(readerId)
  }
  await till.cancelAction(readerId).catch((error) => {
    // It may have been done at this very moment: the intent tells.
    if (!(error instanceof StripeTrouble) || error.kind !== 'refused') throw error
  })
  const truth = await till.intent(intentId)
  if (truth.status === 'succeeded') return savedCard(truth)
  throw doing.isCancelled() ? new Refused('cancelled', faults.cancelled) : new Refused('time-out', faults.timeOut)
}

function savedCard({ paymentMethodId }: Intent): string {
  if (paymentMethodId === null) throw new Refused(NO_SAVED_CARD, faults.noSavedCard)
  return paymentMethodId
}

async function failed(till: Till, intentId: string, code: string | null): Promise<Refused> {
  const { failure } = await till.intent(intentId)
  const word = failure ?? code ?? 'generic_decline'
  return new Refused(word, faults.atReader(word))
}
