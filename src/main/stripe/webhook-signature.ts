// Whether a webhook came from Stripe: its signature over the raw body (docs.stripe.com/webhooks#verify-manually).
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Ms, SECOND } from '../domain/time.ts'

/** Older ones may be played back by whoever overheard them. */
const TOLERANCE = 300 * SECOND

/** `header` is `Stripe-Signature`: `t=SECONDS,v1=HEX[,v1=HEX]`; `body` exactly as it came. */
export function isSignedByStripe(header: string | undefined, body: string, secret: string, now: Ms): boolean {
  const pairs = (header ?? '').split(',').map((pair) => pair.trim().split('='))
  const at = pairs.find(([name]) => name === 't')?.[1] ?? ''
  if (!/^\d{1,12}$/.test(at) || Math.abs(now - Number(at) * 1_000) > TOLERANCE) return false
  const expected = createHmac('sha256', secret).update(`${at}.${body}`).digest()
  return pairs.some(([name, hex = '']) => {
    const given = name === 'v1' && /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : null
    return given !== null && timingSafeEqual(given, expected)
  })
}
