// Restricted keys: they may do all but what they lack, which is a 403 in Stripe's words with the permission that would do.
import { ApiError } from './api-error.ts'
import { ACCOUNT_ID } from './shapes-catalogue.ts'

/** By the key: the permissions that it lacks, like `terminal_reader_write` or `checkout_session_*`. */
export type RestrictedKeys = Map<string, readonly string[]>

/** Makes a key; whoever may not read something may not change it either. */
export function addKey(keys: RestrictedKeys, lacks: readonly string[]): string {
  const key = `rk_test_sandbox${String(keys.size + 1).padStart(16, '0')}`
  keys.set(key, lacks)
  return key
}

/** Where the name of a permission is not the singular of the address (docs.stripe.com/stripe-apps/reference/permissions). */
const NOUNS: Record<string, string> = {
  prices: 'plan',
  subscription_items: 'subscription',
  subscription_schedules: 'subscription',
  invoiceitems: 'invoice',
  invoice_payments: 'invoice',
  refunds: 'charge',
  setup_attempts: 'setup_intent',
  mandates: 'payment_method',
  'billing_portal/sessions': 'customer_portal',
  'test_helpers/terminal/readers': 'terminal_reader',
}

/** What a request needs: `GET /v1/terminal/readers/:id` is `terminal_reader_read`. */
export function permissionFor(method: string, path: string): string {
  const parts = path.replace(/^\/v1\//, '').split('/')
  const inner = parts[0] === 'test_helpers' ? 3 : GROUPS.has(parts[0] ?? '') ? 2 : 1
  const place = parts.slice(0, inner).join('/')
  const noun = Object.hasOwn(NOUNS, place) ? NOUNS[place] : place.replace('/', '_').replace(/s$/, '')
  return `${noun}_${method === 'GET' ? 'read' : 'write'}`
}

const GROUPS = new Set(['terminal', 'checkout', 'billing_portal'])

export function checkPermission(keys: RestrictedKeys, key: string, method: string, path: string): void {
  const lacks = keys.get(key)
  if (lacks === undefined) return
  const wanted = permissionFor(method, path)
  const missing = lacks.some((one) => fits(wanted, one) || fits(wanted.replace(/_write$/, '_read'), one))
  if (!missing) return
  const shown = `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`
  const message = `The provided key '${shown}' does not have the required permissions for this endpoint on account '${ACCOUNT_ID}'. Having the 'rak_${wanted}' permission would allow this request to continue.`
  throw new ApiError(403, { type: 'invalid_request_error', message })
}

/** `terminal_*` and `*_write` stand for several. */
function fits(permission: string, pattern: string): boolean {
  const [head = '', tail] = pattern.split('*')
  return tail === undefined ? permission === pattern : permission.startsWith(head) && permission.endsWith(tail)
}
