// How a call to Stripe fails, judged by what the SDK throws: what may pass, what is gone, and the sentence for each.
import { declinedInWords } from '../domain/declines-en.ts'
import { refusedSentences } from '../domain/sign-up-en.ts'
import { StripeTrouble } from './port.ts'

/** What the SDK's errors carry; anything else that is thrown has none of it. */
type Thrown = {
  type?: string
  statusCode?: number
  code?: string
  decline_code?: string
  param?: string
  headers?: Record<string, string | undefined>
}

const of = (error: unknown) => (error ?? {}) as Thrown
const is = (error: unknown, type: string) => of(error).type === `Stripe${type}Error`

export const isTooMany = (error: unknown) => is(error, 'RateLimit')
export const isForbidden = (error: unknown) => is(error, 'Permission')
/** A bank said no. */
export const isDeclined = (error: unknown) => error instanceof StripeTrouble && is(error.cause, 'Card')
/** An answer of Stripe's own trouble. */
export const isStripes = (error: unknown) => is(error, 'API')

/** The same key is being worked on at this moment. */
export const isInUse = (error: unknown) => of(error).code === 'idempotency_key_in_use'

/** Only Stripe's own word for it: a proxy or a wrong address answers 404 as well, for what is there. */
export function isMissing(error: unknown): boolean {
  return is(error, 'InvalidRequest') && of(error).statusCode === 404 && of(error).code === 'resource_missing'
}

/** What the last page ended with is gone from Stripe, and with it the place in the list. */
export function isPlaceLost(error: unknown): boolean {
  return is(error, 'InvalidRequest') && of(error).param === 'starting_after'
}

/** A failure of the way or of Stripe itself, unless Stripe says that trying again is no use. */
export function mayPass(error: unknown): boolean {
  if (is(error, 'Connection')) return true
  // Without a status: an answer that is no JSON, as a network's own pages are.
  const { statusCode = 503, headers } = of(error)
  return isStripes(error) && statusCode >= 500 && statusCode !== 501 && headers?.['stripe-should-retry'] !== 'false'
}

/** Every failure of the SDK as one of ours, with its sentence. Keys never stand in it: Stripe shows only their ends. */
export function trouble(error: unknown, what: string): StripeTrouble {
  if (error instanceof StripeTrouble) return error
  const { kind, sentence } = sentenceOf(error, what)
  return new StripeTrouble(kind, sentence, error)
}

/** The same for a deed: what Stripe or a bank said no to was not done, and is not done by asking again. */
export function deedTrouble(error: unknown, what: string): StripeTrouble {
  const { code, decline_code: declined } = of(error)
  if (is(error, 'Card') || is(error, 'InvalidRequest')) {
    const word = declined ?? code ?? 'refused'
    return new StripeTrouble('refused', refusedSentences[word] ?? declinedSentence(error, what), error, word)
  }
  if (isForbidden(error)) {
    const sentence = `The Stripe key may not write ${what}: give it that permission in Stripe's dashboard.`
    return new StripeTrouble('key', sentence, error)
  }
  return trouble(error, what)
}

function declinedSentence(error: unknown, what: string): string {
  const { code, decline_code: declined } = of(error)
  return is(error, 'Card')
    ? `The payment did not go through: ${declinedInWords(declined ?? code ?? '')}.`
    : `Stripe refused ${what}: look at it in Stripe's dashboard.`
}

function sentenceOf(error: unknown, what: string): { kind: StripeTrouble['kind']; sentence: string } {
  if (is(error, 'Authentication'))
    return {
      kind: 'key',
      sentence: 'Stripe does not accept the key: put the right one into Settings, under Stripe.',
    }
  if (isForbidden(error))
    return {
      kind: 'key',
      sentence: `The Stripe key may not read ${what}: give it that permission in Stripe's dashboard.`,
    }
  if (is(error, 'Connection'))
    return {
      kind: 'offline',
      sentence: 'Stripe cannot be reached: check the internet connection. Doors go on with what is stored.',
    }
  if (isTooMany(error))
    return {
      kind: 'offline',
      sentence: 'Stripe asks for fewer requests just now. Latchkey tries again by itself.',
    }
  if (isStripes(error))
    return {
      kind: 'offline',
      sentence: 'Stripe has a problem of its own just now. Latchkey tries again by itself.',
    }
  return { kind: 'reply', sentence: `Stripe refused to give ${what}. Latchkey tries again by itself.` }
}
