// A Stripe of any size for benches: so many customers, each with a subscription and two invoices, made by arithmetic from
// objects of the sandbox, spread over three years. Lists and filters as the sync asks for them; no limits.
// Arguments: customers, milliseconds that every answer takes.
import http from 'node:http'
import { startSandbox } from '../../src/main/sandbox/stripe-server.ts'

const count = Number(process.argv[2])
const latency = Number(process.argv[3])
const TO = Math.floor(Date.UTC(2026, 10, 20) / 1_000)
const FROM = TO - 3 * 365 * 86_400

type Json = Record<string, unknown> & { id: string; created: number }
type List = { size: number; id: (n: number) => string; created: (n: number) => number; text: (n: number) => string }

const sandbox = await startSandbox({ port: 0, seed: 1, stateFile: null, realNow: () => TO * 1_000 })
const headers = { authorization: `Bearer ${sandbox.key}` }
const ask = async (path: string): Promise<string> => (await fetch(`${sandbox.url}${path}`, { headers })).text()
const first = async (path: string): Promise<Json> => JSON.parse(await ask(path)).data[0]

const customer = await first('/v1/customers?limit=1&expand[]=data.invoice_settings.default_payment_method')
const subscription = await first('/v1/subscriptions?limit=1&status=active&expand[]=data.default_payment_method')
const invoice = await first(`/v1/invoices?limit=1&status=paid&expand[]=data.payments`)
const parent = (invoice as { parent?: { subscription_details?: { subscription?: string } } }).parent
const small = {
  products: await ask('/v1/products?limit=100'),
  prices: await ask('/v1/prices?limit=100'),
}
const empty = JSON.stringify({ object: 'list', data: [], has_more: false, url: '/v1/none' })

const pad = (n: number) => String(n).padStart(8, '0')
const cus = (n: number) => `cus_Bulk${pad(n)}`
const sub = (n: number) => `sub_BulkBulkBulkBulk${pad(n)}`
const inv = (n: number) => `in_BulkBulkBulkBulk${pad(n)}`
const spread = (n: number, size: number) => FROM + Math.floor((n * (TO - FROM)) / size)

/** The object with its ids and its moment replaced, as text. */
function template(
  object: Json,
  ids: readonly (readonly [string, string])[],
): (values: Record<string, string>) => string {
  let text = JSON.stringify({ ...object, created: '~created~' }).replace('"~created~"', '~created~')
  for (const [id, name] of ids) text = text.replaceAll(id, `~${name}~`)
  const parts = text.split('~')
  return (values) => parts.map((part, n) => (n % 2 === 0 ? part : (values[part] ?? part))).join('')
}

const asCustomer = template(customer, [
  [customer.id, 'cus'],
  [String(customer.name), 'name'],
  [String(customer.email), 'email'],
])
const asSubscription = template(subscription, [
  [subscription.id, 'sub'],
  [String(subscription.customer), 'cus'],
])
const asInvoice = template(invoice, [
  [invoice.id, 'inv'],
  [String(invoice.customer), 'cus'],
  [parent?.subscription_details?.subscription ?? 'none', 'sub'],
])

const lists: Record<string, List> = {
  customers: {
    size: count,
    id: cus,
    created: (n) => spread(n, count),
    text: (n) =>
      asCustomer({
        ...{ cus: cus(n), created: String(spread(n, count)) },
        ...{ name: `Member Number${n}`, email: `m${n}@example.org` },
      }),
  },
  subscriptions: {
    size: count,
    id: sub,
    created: (n) => spread(n, count),
    text: (n) => asSubscription({ cus: cus(n), sub: sub(n), created: String(spread(n, count)) }),
  },
  invoices: {
    size: 2 * count,
    id: inv,
    created: (n) => spread(n, 2 * count),
    text: (n) => asInvoice({ cus: cus(n >> 1), sub: sub(n >> 1), inv: inv(n), created: String(spread(n, 2 * count)) }),
  },
}

/** The first index whose moment is not before this one. */
function indexAt({ size, created }: List, moment: number): number {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = (low + high) >> 1
    if (created(middle) < moment) low = middle + 1
    else high = middle
  }
  return low
}

function page(list: List, query: URLSearchParams): string {
  const limit = Number(query.get('limit') ?? 10)
  const after = query.get('starting_after')
  const from = indexAt(list, Number(query.get('created[gte]') ?? 0))
  const to = indexAt(list, Number(query.get('created[lt]') ?? Number.MAX_SAFE_INTEGER))
  const start = after === null ? to - 1 : Math.min(to, Number(after.slice(-8))) - 1
  const last = Math.max(from, start - limit + 1)
  const texts: string[] = []
  for (let n = start; n >= last; n--) texts.push(list.text(n))
  return `{"object":"list","data":[${texts.join(',')}],"has_more":${last > from},"url":"/v1/bulk"}`
}

let answered = 0
const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://stripe')
  const name = url.pathname.split('/')[2] ?? ''
  const reply = () => {
    answered += 1
    const list = lists[name]
    const body =
      list !== undefined
        ? page(list, url.searchParams)
        : name === 'account'
          ? '{"object":"account","id":"acct_Bulk"}'
          : name in small
            ? small[name as keyof typeof small]
            : empty
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  }
  if (latency === 0) reply()
  else setTimeout(reply, latency)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number }
  console.log(JSON.stringify({ base: `http://127.0.0.1:${port}`, key: sandbox.key, from: FROM, to: TO }))
})
process.on('SIGUSR2', () => console.log(JSON.stringify({ answered })))
