// Writes src/main/sandbox/stripe-schema.json from the declarations of the installed Stripe SDK. `--check` only says whether it differs.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { isObject, type Reading, readSdk, type Schema } from './stripe-declarations.ts'

const root = path.resolve(import.meta.dirname, '..')
const sdk = path.join(root, 'node_modules', 'stripe')
const target = path.join(root, 'src', 'main', 'sandbox', 'stripe-schema.json')

const crud = (noun: string, ...verbs: string[]) =>
  verbs.flatMap(
    (verb) =>
      ({
        list: `GET /v1/${noun}`,
        create: `POST /v1/${noun}`,
        get: `GET /v1/${noun}/:id`,
        update: `POST /v1/${noun}/:id`,
        del: `DELETE /v1/${noun}/:id`,
      })[verb] ?? `POST /v1/${noun}/:id/${verb}`,
  )

/** What the sandbox answers or may come to answer: kept to the parts of Stripe that Latchkey is about. */
const ROUTES = [
  'GET /v1/account',
  ...crud('customers', 'list', 'create', 'get', 'update', 'del'),
  'GET /v1/customers/:id/balance_transactions',
  'POST /v1/customers/:id/balance_transactions',
  'GET /v1/customers/:id/balance_transactions/:id',
  'DELETE /v1/customers/:id/discount',
  'GET /v1/customers/:id/payment_methods',
  ...crud('payment_methods', 'list', 'get', 'update', 'attach', 'detach'),
  ...crud('products', 'list', 'create', 'get', 'update'),
  ...crud('prices', 'list', 'create', 'get', 'update'),
  ...crud('coupons', 'list', 'create', 'get', 'update', 'del'),
  ...crud('promotion_codes', 'list', 'create', 'get', 'update'),
  ...crud('subscriptions', 'list', 'create', 'get', 'update', 'del', 'pause', 'resume'),
  'DELETE /v1/subscriptions/:id/discount',
  ...crud('subscription_items', 'list', 'create', 'get', 'update', 'del'),
  ...crud('subscription_schedules', 'list', 'create', 'get', 'update', 'cancel', 'release'),
  ...crud(
    'invoices',
    'list',
    'create',
    'get',
    'update',
    'del',
    'finalize',
    'pay',
    'void',
    'mark_uncollectible',
    'send',
  ),
  'POST /v1/invoices/create_preview',
  'GET /v1/invoices/:id/lines',
  ...crud('invoice_payments', 'list', 'get'),
  ...crud('invoiceitems', 'list', 'create', 'get', 'update', 'del'),
  ...crud('payment_intents', 'list', 'create', 'get', 'update', 'cancel', 'confirm', 'verify_microdeposits'),
  ...crud('setup_intents', 'list', 'create', 'get', 'update', 'cancel', 'confirm', 'verify_microdeposits'),
  ...crud('setup_attempts', 'list'),
  ...crud('charges', 'list', 'get'),
  ...crud('refunds', 'list', 'create', 'get', 'update'),
  ...crud('disputes', 'list', 'get', 'update', 'close'),
  ...crud('mandates', 'get'),
  ...crud('events', 'list', 'get'),
  ...crud('checkout/sessions', 'list', 'create', 'get', 'expire'),
  'GET /v1/checkout/sessions/:id/line_items',
  ...crud('billing_portal/sessions', 'create'),
  ...crud('terminal/locations', 'list', 'create', 'get', 'update', 'del'),
  ...crud('terminal/readers', 'list', 'create', 'get', 'update', 'del', 'process_setup_intent'),
  ...crud('terminal/readers', 'process_payment_intent', 'cancel_action', 'set_reader_display'),
  'POST /v1/test_helpers/terminal/readers/:id/present_payment_method',
  'POST /v1/test_helpers/terminal/readers/:id/timeout_input_collection',
  ...crud('test_helpers/test_clocks', 'list', 'create', 'get', 'del', 'advance'),
]

/** The objects in replies, by their `object`. */
const OBJECTS = [
  'account',
  'billing_portal.session',
  'charge',
  'checkout.session',
  'coupon',
  'customer',
  'customer_balance_transaction',
  'discount',
  'dispute',
  'invoice',
  'invoice_payment',
  'invoiceitem',
  'item',
  'line_item',
  'mandate',
  'payment_intent',
  'payment_method',
  'plan',
  'price',
  'product',
  'promotion_code',
  'refund',
  'setup_attempt',
  'setup_intent',
  'subscription',
  'subscription_item',
  'subscription_schedule',
  'terminal.location',
  'terminal.reader',
  'test_helpers.test_clock',
]
/** Ways to pay that somebody in the sandbox has; what Stripe says of the others is left out. */
const METHODS = ['card', 'card_present', 'sepa_debit', 'us_bank_account']

/** From how many characters on a part is written once only. */
const SHARED_FROM = 300

function generate(): string {
  const read = readSdk(sdk)
  const declared = read.objects()
  const methods = methodTypes(declared.get('payment_method')?.getSourceFile().text ?? '')
  const other = new Set(methods.filter((name) => !METHODS.includes(name)))

  const gathering = (cut: Schema | undefined) => {
    const named = new Map<string, Schema>()
    const reading: Reading = {
      refOf: (object, deleted) => {
        const key = `${deleted ? 'deleted:' : ''}${object}`
        return OBJECTS.includes(object) && declared.has(key) ? `#/objects/${key}` : null
      },
      cutAt: (name) => (other.has(name) ? cut : undefined),
      define: (name, make) => {
        if (!named.has(name)) {
          named.set(name, true)
          named.set(name, make())
        }
        return { $ref: `#/parts/${name}` }
      },
    }
    return { named, reading }
  }

  const shared = new Map<string, Schema>()
  const asked = gathering(true)
  const routes = new Map(read.routes().map((route) => [route.route, route]))
  const requests: Record<string, Schema> = {}
  for (const name of ROUTES) {
    const route = routes.get(name)
    if (route === undefined) throw new Error(`The SDK has no route ${name}`)
    const none = { type: 'object', properties: {}, additionalProperties: false }
    requests[name] = inlined((route.params && read.convert(route.params, asked.reading)) ?? none, asked.named, shared)
  }
  const answered = gathering(undefined)
  const objects: Record<string, Schema> = {}
  for (const [key, declaration] of [...declared].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (!OBJECTS.includes(key.replace('deleted:', ''))) continue
    objects[key] = inlined(read.interfaceSchema(declaration, answered.reading), answered.named, shared)
  }
  const stripe = JSON.parse(fs.readFileSync(path.join(sdk, 'package.json'), 'utf8')).version as string
  const api = /'([^']+)'/.exec(fs.readFileSync(path.join(sdk, 'esm', 'apiVersion.js'), 'utf8'))?.[1] ?? ''
  const elsewhere = [...routes.keys()].filter((name) => !ROUTES.includes(name)).toSorted()
  const parts = Object.fromEntries([...shared].toSorted())
  return written({ stripe, api }, { ...onceOnly({ requests, objects, parts }), events: eventTypes(), elsewhere })
}

/** The names of Stripe's ways to pay, from the type of a payment method. */
function methodTypes(text: string): string[] {
  const union = /\n {4}type Type = ([^;]*);/.exec(text)?.[1] ?? ''
  return Array.from(union.matchAll(/'(\w+)'/g), (match) => match[1] ?? '')
}

/** What may be told, and of what: `customer.updated` is about a `Customer`. */
function eventTypes(): string[] {
  const text = fs.readFileSync(path.join(sdk, 'esm', 'resources', 'Events.d.ts'), 'utf8')
  return Array.from(text.matchAll(/\n {4}type: '([\w.]+)';/g), (match) => match[1] ?? '').toSorted()
}

/** Puts named parts where they are used. Those that are large and the same in several places keep a name, after their content. */
function inlined(schema: unknown, named: Map<string, Schema>, shared: Map<string, Schema>): Schema {
  if (Array.isArray(schema)) return schema.map((one) => inlined(one, named, shared)) as unknown as Schema
  if (!isObject(schema)) return schema as Schema
  const part = typeof schema.$ref === 'string' ? /^#\/parts\/(.*)$/.exec(schema.$ref)?.[1] : undefined
  if (part !== undefined) {
    const whole = inlined(named.get(part), named, shared)
    const text = JSON.stringify(whole)
    if (text.length < SHARED_FROM) return whole
    const name = createHash('sha256').update(text).digest('hex').slice(0, 8)
    shared.set(name, whole)
    return { $ref: `#/parts/${name}` }
  }
  return Object.fromEntries(Object.entries(schema).map(([word, value]) => [word, inlined(value, named, shared)]))
}

type Written = { requests: Record<string, Schema>; objects: Record<string, Schema>; parts: Record<string, Schema> }

/** Takes the name away again from what turned out to be used in one place. */
function onceOnly(content: Written): Written {
  const uses = new Map<string, number>()
  for (const [, name = ''] of JSON.stringify(content).matchAll(/"#\/parts\/(\w+)"/g)) {
    uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  const opened = (schema: unknown): unknown => {
    if (Array.isArray(schema)) return schema.map(opened)
    if (!isObject(schema)) return schema
    const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/parts/', '') : ''
    if (uses.get(name) === 1) return opened(content.parts[name])
    return Object.fromEntries(Object.entries(schema).map(([word, value]) => [word, opened(value)]))
  }
  const often = Object.entries(content.parts).filter(([name]) => uses.get(name) !== 1)
  return opened({ ...content, parts: Object.fromEntries(often) }) as Written
}

/** One line for each route and object, so that a newer SDK shows as a difference that can be read. */
function written(versions: Record<string, string>, content: Record<string, unknown>): string {
  const text = Object.entries(content)
    .map(([name, value]) => `"${name}": ${lines(value)}`)
    .join(',\n')
  const hash = createHash('sha256').update(text).digest('hex')
  const head = Object.entries(versions).map(([name, version]) => `"${name}": "${version}",\n`)
  return `{\n${head.join('')}"sha256": "${hash}",\n${text}\n}\n`
}

function lines(value: unknown): string {
  if (Array.isArray(value)) return `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]`
  const entries = Object.entries(value as object)
  return `{\n${entries.map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`).join(',\n')}\n}`
}

const fresh = generate()
if (!process.argv.includes('--check')) {
  fs.writeFileSync(target, fresh)
  console.log(`${path.relative(root, target)}: ${(fresh.length / 1_000).toFixed(0)} kB`)
} else if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== fresh) {
  console.error(`${path.relative(root, target)} is not what the installed SDK says: run node scripts/stripe-schema.ts.`)
  process.exitCode = 1
}
