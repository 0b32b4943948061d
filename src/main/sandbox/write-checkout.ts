// Checkout sessions and those of the customer portal through the API.
import { ApiError, invalid, missing, notModelled } from './api-error.ts'
import { DAY, type Seconds } from './calendar.ts'
import { priced } from './checkout.ts'
import { nestedPage } from './list.ts'
import { type Allowed, flag, list, metadata, oneOf, type Params, required, text, tree, whole } from './params.ts'
import { randomId } from './random.ts'
import type { SessionLine, SessionMode, SessionRecord } from './records-checkout.ts'
import { type Rendered, sessionLines } from './render.ts'
import { expireSession } from './sessions.ts'
import { newSetup } from './setup.ts'
import { listShape } from './shapes-catalogue.ts'
import { portalShape } from './shapes-checkout.ts'
import { add, find, get, newId, schedule, type World } from './state.ts'
import { liveCustomer } from './write-customers.ts'
import { readDiscounts } from './write-discounts.ts'
import { ANY_TYPE, readTypes } from './write-setup.ts'
import { branch, SUBSCRIBE_PARAMS } from './write-subscriptions.ts'

const { billing_cycle_anchor, billing_cycle_anchor_config, billing_mode, description } = SUBSCRIBE_PARAMS
const { proration_behavior, trial_end, trial_period_days, trial_settings } = SUBSCRIBE_PARAMS

export const SESSION_PARAMS = {
  mode: true,
  ui_mode: true,
  success_url: true,
  cancel_url: true,
  customer: true,
  customer_email: true,
  customer_creation: true,
  client_reference_id: true,
  currency: true,
  expires_at: true,
  line_items: [{ price: true, quantity: true, metadata: '*' }],
  discounts: [{ coupon: true, promotion_code: true }],
  allow_promotion_codes: true,
  allowed_payment_method_types: [true],
  locale: true,
  metadata: '*',
  payment_intent_data: { description: true, metadata: '*', setup_future_usage: true },
  setup_intent_data: { description: true, metadata: '*' },
  subscription_data: {
    ...{ billing_cycle_anchor, billing_cycle_anchor_config, billing_mode, description, metadata: '*' },
    ...{ proration_behavior, trial_end, trial_period_days, trial_settings },
  },
} as const satisfies Allowed

export function createSession(world: World, params: Params): SessionRecord {
  const mode = oneOf(params, 'mode', ['payment', 'setup', 'subscription']) ?? 'payment'
  const looks = oneOf(params, 'ui_mode', ['elements', 'embedded_page', 'form', 'hosted_page']) ?? 'hosted_page'
  if (looks !== 'hosted_page') throw notModelled(`a Checkout page as ${looks}`)
  const given = text(params, 'customer') || null
  if (given !== null) liveCustomer(world, given, 'customer')
  checkWhatGoesTogether(params, mode)
  const allowed = readTypes(params)
  const creation = oneOf(params, 'customer_creation', ['always', 'if_required']) ?? null
  if (mode === 'payment' && given === null && creation !== 'always') throw notModelled('a payment of a guest')
  const lines = readLines(world, params, mode)
  const found = readDiscounts(world, params, 'discounts', given)
  const discounts = found.map(({ coupon, promotion }) => ({ coupon: promotion === null ? coupon : null, promotion }))
  const orders = tree(params, DATA[mode]) ?? {}
  const currency = text(params, 'currency')?.toLowerCase() ?? null
  const due = priced(world, { mode, customer: given, lines, discounts, orders, currency })
  const id = newId(world, 'checkout.session')
  const session: SessionRecord = {
    id,
    created: world.at,
    mode,
    status: 'open',
    paymentStatus: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    customer: given,
    customerGiven: given !== null,
    customerCreation: given === null && mode !== 'subscription' ? (creation ?? 'if_required') : null,
    customerEmail: text(params, 'customer_email') || null,
    payer: null,
    successUrl: readUrl(params, 'success_url', true),
    cancelUrl: readUrl(params, 'cancel_url', false),
    expiresAt: readEnd(world.at, params),
    discounts,
    allowCodes: flag(params, 'allow_promotion_codes') ?? null,
    methodTypes: allowed ?? ANY_TYPE,
    allowed,
    ...due,
    reference: text(params, 'client_reference_id') || null,
    metadata: metadata(params, {}),
    orders,
    subscription: null,
    invoice: null,
    intent: null,
    setupIntent: null,
  }
  const setup = mode === 'setup' ? newSetup(world, setupOf(session)).id : null
  schedule(world, session.expiresAt, 'session-end', id)
  return add(world, 'checkout.session', { ...session, setupIntent: setup })
}

function setupOf({ customer, methodTypes, allowed, orders, id }: SessionRecord) {
  const described = text(orders, 'description') || null
  const more = { usage: 'off_session', method: null, session: id } as const
  return { ...more, customer, methodTypes, allowed, description: described, metadata: metadata(orders, {}) }
}

const DATA = {
  payment: 'payment_intent_data',
  setup: 'setup_intent_data',
  subscription: 'subscription_data',
} as const satisfies Record<SessionMode, string>

function checkWhatGoesTogether(params: Params, mode: SessionMode): void {
  const both = (a: string, b: string) => {
    if (params[a] === undefined || params[b] === undefined) return
    throw invalid(`You may only specify one of these parameters: ${a}, ${b}.`, a, 'parameters_exclusive')
  }
  both('customer', 'customer_email')
  both('customer', 'customer_creation')
  both('allow_promotion_codes', 'discounts')
  if (list(params, 'discounts').length > 1) {
    throw invalid('You may only specify one discount per Checkout Session.', 'discounts')
  }
  const foreign = Object.values(DATA).filter((name) => name !== DATA[mode])
  if (mode === 'setup') foreign.push(...(['line_items', 'discounts'] as never[]))
  for (const name of foreign) {
    if (params[name] !== undefined) throw invalid(`You can not pass \`${name}\` in \`${mode}\` mode.`, name)
  }
  if (mode === 'subscription' && params.customer_creation !== undefined) {
    throw invalid('`customer_creation` can only be used in `payment` and `setup` mode.', 'customer_creation')
  }
  const unnamed = params.currency === undefined && list(params, 'allowed_payment_method_types').length === 0
  if (mode === 'setup' && unnamed) throw invalid('Missing required param: currency.', 'currency', 'parameter_missing')
}

function readLines(world: World, params: Params, mode: SessionMode): SessionLine[] {
  if (mode === 'setup') return []
  const lines = list(params, 'line_items').map((one, index): SessionLine => {
    const given = branch(one, `line_items[${index}]`)
    const price = find(world, 'price', required(given, 'price'))
    const param = `line_items[${index}][price]`
    if (price === undefined) throw missing('price', required(given, 'price'), param)
    if (!price.active) throw invalid(`The price ${price.id} is inactive.`, param)
    if (mode === 'payment' && price.recurring !== null) {
      const hint = 'Either switch to `subscription` mode or use only one-time prices.'
      throw invalid(`You specified \`payment\` mode but passed a recurring price. ${hint}`, param)
    }
    const id = randomId(world.chance, 'li_', 24)
    const own = { price: price.id, quantity: whole(given, 'quantity') ?? 1, metadata: metadata(given, {}) }
    return { id, ...own, amount: 0, discount: 0 }
  })
  if (lines.length === 0) throw invalid('Missing required param: line_items.', 'line_items', 'parameter_missing')
  if (mode === 'subscription' && !lines.some(({ price }) => get(world, 'price', price).recurring !== null)) {
    const message = 'You must provide at least one recurring price in `subscription` mode when using prices.'
    throw invalid(message, 'line_items')
  }
  return lines
}

/** From 30 minutes to 24 hours from now. */
function readEnd(at: Seconds, params: Params): Seconds {
  const end = whole(params, 'expires_at') ?? at + DAY
  if (end < at + 1_800 || end > at + DAY) {
    const message = 'The `expires_at` timestamp must be from 30 minutes to 24 hours after the Checkout Session is made.'
    throw invalid(message, 'expires_at')
  }
  return end
}

/** Stripe puts the session's id where `{CHECKOUT_SESSION_ID}` stands. */
function readUrl(params: Params, name: string, must: boolean): string | null {
  const url = must ? required(params, name) : text(params, name)
  if (!url) return null
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw invalid('Not a valid URL', name, 'url_invalid')
  return url
}

export function expireOne(world: World, id: string): SessionRecord {
  const session = find(world, 'checkout.session', id)
  if (session === undefined) throw missing('checkout.session', id)
  if (session.status !== 'open') {
    const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`
    throw new ApiError(400, { type: 'invalid_request_error', message })
  }
  return expireSession(world, id)
}

/** The lines of a session, of which it shows none itself unless it is asked to. */
export function readSessionLines(world: World, id: string, params: Params, { path }: { path: string }): Rendered {
  const session = find(world, 'checkout.session', id)
  if (session === undefined) throw missing('checkout.session', id)
  const page = nestedPage(sessionLines(world, session), 'line item', params)
  return listShape(page.data, path, page.hasMore)
}

export const PORTAL_PARAMS = { customer: true, return_url: true, locale: true } as const satisfies Allowed

/** Only an address comes of it: the sandbox has no portal behind it. */
export function createPortal(world: World, _: string, params: Params): Rendered {
  const customer = liveCustomer(world, required(params, 'customer'), 'customer')
  const id = randomId(world.chance, 'bps_', 24)
  return portalShape(id, world.at, customer, readUrl(params, 'return_url', false), world.pages)
}
