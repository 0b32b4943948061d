// Takes a Stripe key: only one that a desk should hold.
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

export type KeyCheck = { ok: true; mode: 'live' | 'test' } | { ok: false; sentence: string }

/** A full secret key of a live account can do everything, refunds included: it has no place at a front desk. */
export function checkStripeKey(key: string): KeyCheck {
  const match = /^(sk|rk)_(live|test)_[A-Za-z0-9_]+$/.exec(key)
  if (key === '')
    return { ok: false, sentence: 'There is no key: paste the one from Stripe, it begins with rk_ or sk_test_.' }
  if (match === null) {
    const publishable = key.startsWith('pk_')
      ? 'This is a publishable key, which cannot read anything'
      : 'This is not a Stripe key'
    return {
      ok: false,
      sentence: `${publishable}: in Stripe's dashboard, under Developers, API keys, make a restricted key (it begins with rk_).`,
    }
  }
  if (match[1] === 'sk' && match[2] === 'live') {
    return {
      ok: false,
      sentence:
        'This is the full secret key of a live account, which can do everything: in Stripe\'s dashboard, under Developers, API keys, choose "Create restricted key", allow reading of Customers, Products, Prices, Subscriptions, Invoices, Payment intents and Events, and use that (it begins with rk_live_).',
    }
  }
  return { ok: true, mode: match[2] === 'live' ? 'live' : 'test' }
}

export function setStripeKey(deps: DeskDeps, given: string): Result<{ ok: true }> {
  const key = given.trim()
  const { source } = deps.live.secrets.state()
  if (source === 'sandbox')
    return refuse('wrong-state', 'The demo has its own Stripe: start Latchkey without --demo to use a key of yours.')
  if (source === 'environment')
    return refuse('wrong-state', 'The key comes from STRIPE_API_KEY: change it there, or start Latchkey without it.')
  const check = checkStripeKey(key)
  if (!check.ok) return refuse('bad-request', check.sentence)
  deps.live.secrets.setStripe(key)
  deps.live.db.transaction(() => recordAction(deps, 'stripe-key-set', 'stripe', { mode: check.mode })).immediate()
  return done({ ok: true })
}

/** What Stripe signs its webhooks with; it begins with whsec_. */
export function setWebhookSecret(deps: DeskDeps, given: string): Result<{ ok: true }> {
  const secret = given.trim()
  if (!/^whsec_[A-Za-z0-9+/=_-]{8,}$/.test(secret))
    return refuse(
      'bad-request',
      "This is no signing secret: in Stripe's dashboard, under Developers, Webhooks, copy the one that begins with whsec_.",
    )
  const trouble = deps.live.secrets.setWebhook(secret)
  if (trouble !== undefined) return refuse('wrong-state', trouble)
  deps.live.db.transaction(() => recordAction(deps, 'webhook-secret-set', 'stripe')).immediate()
  return done({ ok: true })
}
