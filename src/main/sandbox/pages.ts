// Pages for payers, where Stripe's own would be: a person at the demo pays here, is declined, or walks away. No script, nothing from
// elsewhere. What they do goes the same way as the acts of tests.
import { ApiError } from './api-error.ts'
import { type Payer, payAtPage, WAYS, type Way } from './checkout.ts'
import { actionDone, attempt, intentOf } from './collect.ts'
import type { SessionRecord } from './records-checkout.ts'
import type { InvoiceRecord } from './records-money.ts'
import { sessionLines } from './render.ts'
import { verifySetup } from './setup.ts'
import { find, get, type World } from './state.ts'
import { atClock, clockOf } from './test-clocks.ts'
import type { OnTheWire } from './traffic.ts'
import { addMethod } from './write-customers.ts'

export type PageRequest = { method: string; path: string; body: string }

/** Where the demo sends whoever has paid: a space has its website there. */
export const PAID_PAGE = '/paid'

/** Null where the path is no page of the sandbox's. */
export function page(world: World, { method, path, body }: PageRequest): OnTheWire | null {
  if (path === PAID_PAGE) return html(200, 'Thank you', '<p>It went through. You can close this page.</p>')
  const [, place, id = ''] = /^\/(c\/pay|i|microdeposit|p\/session)\/(?:acct_\w+\/test_)?(\w+)$/.exec(path) ?? []
  if (place === undefined) return null
  const given = method === 'POST' ? new URLSearchParams(body) : null
  const run = PLACES[place as keyof typeof PLACES]
  return atClock(world, clockOf(world, [id]), () => run(world, id, given))
}

const PLACES = { 'c/pay': checkoutPage, i: invoicePage, microdeposit: depositPage, 'p/session': portalPage }

const WORDS: Record<Way, string> = {
  card: 'A good card',
  declined: 'A card that the bank declines',
  insufficient_funds: 'A card without enough money on it',
  lost_card: 'A card that was reported lost',
  sepa_debit: 'Bank debit, which takes some days',
  us_bank_account: 'US bank account, which takes some days',
  us_bank_account_unverified: 'US bank account that must be verified first',
}

function checkoutPage(world: World, id: string, given: URLSearchParams | null): OnTheWire {
  const session = find(world, 'checkout.session', id)
  if (session === undefined) return html(404, 'Nothing here', '<p>There is no such page. Ask for a new link.</p>')
  if (given === null) return html(200, titleOf(session), checkoutForm(world, session))
  const way = Object.keys(WAYS).find((one) => one === given.get('way')) as Way | undefined
  if (way === undefined)
    return session.cancelUrl === null ? html(200, 'Closed', '<p>You can close this page.</p>') : go(session.cancelUrl)
  const payer: Payer = {
    email: given.get('email') || null,
    name: given.get('name') || null,
    code: given.get('code') || null,
  }
  try {
    const { successUrl } = payAtPage(world, id, way, payer)
    return go((successUrl ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return html(402, titleOf(session), notice(error.message) + checkoutForm(world, session, payer))
  }
}

function titleOf({ mode }: SessionRecord): string {
  return mode === 'setup' ? 'Save a way to pay' : mode === 'subscription' ? 'Subscribe' : 'Pay'
}

/** `payer` is what was entered already. */
function checkoutForm(world: World, session: SessionRecord, payer: Payer = {}): string {
  if (session.status === 'complete') return '<p>This is done. You can close this page.</p>'
  if (session.status === 'expired') return '<p>This page has expired. Ask for a new link.</p>'
  const lines = sessionLines(world, session).map(
    (line) => `<tr><td>${safe(line.description ?? '')}</td><td>${money(line.amount_total, line.currency)}</td></tr>`,
  )
  const sum =
    session.total === null ? '' : `<tr><th>Due now</th><th>${money(session.total, session.currency ?? '')}</th></tr>`
  const table = lines.length === 0 ? '' : `<table>${lines.join('')}${sum}</table>`
  const who = session.customer === null ? '' : get(world, 'customer', session.customer).email
  const fields =
    session.customer === null
      ? field('email', 'Email', payer.email ?? session.customerEmail ?? '', 'email') +
        field('name', 'Name', payer.name ?? '', 'name')
      : `<p>For ${safe(who || 'you')}</p>`
  const code = session.allowCodes === true ? field('code', 'Promotion code', payer.code ?? '', 'off') : ''
  const ways = Object.entries(WAYS).filter(([, { type }]) => session.methodTypes.includes(type))
  const buttons = ways.map(([way]) => button(way, WORDS[way as Way]))
  return `<form method="post">${table}${fields}${code}${buttons.join('')}${button('close', 'Go back without paying')}</form>`
}

function invoicePage(world: World, id: string, given: URLSearchParams | null): OnTheWire {
  const invoice = find(world, 'invoice', id)
  if (invoice === undefined) return html(404, 'Nothing here', '<p>There is no such invoice.</p>')
  const title = `Invoice ${invoice.number ?? ''}`
  if (given === null) return html(200, title, invoiceForm(invoice))
  if (invoice.status === 'open') payInvoice(world, invoice, given.get('way') ?? '')
  const after = get(world, 'invoice', id)
  const failure = after.status === 'open' ? intentOf(world, after)?.failure : undefined
  return html(failure ? 402 : 200, title, (failure ? notice(failure.message) : '') + invoiceForm(after))
}

function payInvoice(world: World, invoice: InvoiceRecord, way: string): void {
  const known = way === 'card' || way === 'declined' || way === 'sepa_debit'
  if (!known || intentOf(world, invoice)?.status === 'processing') return
  const { type } = WAYS[way]
  const given = { type, ...(way === 'declined' && { fails: 'generic_decline' }) }
  attempt(world, invoice.id, addMethod(world, invoice.customer, given))
}

function invoiceForm(invoice: InvoiceRecord): string {
  const due = `<p>${money(invoice.amountRemaining, invoice.currency)} due</p>`
  if (invoice.status !== 'open') return `<p>This invoice is ${safe(invoice.status)}.</p>`
  const ways = (['card', 'declined', 'sepa_debit'] as const).map((way) => button(way, WORDS[way]))
  return `<form method="post">${due}${ways.join('')}</form>`
}

function depositPage(world: World, id: string, given: URLSearchParams | null): OnTheWire {
  const kind = id.startsWith('seti_') ? 'setup_intent' : 'payment_intent'
  const waits = () => find(world, kind, id)?.nextAction === 'verify_with_microdeposits'
  if (given !== null && waits()) {
    if (kind === 'setup_intent') verifySetup(world, id)
    else actionDone(world, id)
  }
  const ask = `<p>Two small deposits have arrived.</p><form method="post">${button('verify', 'Confirm their amounts')}</form>`
  return html(200, 'Verify a bank account', waits() ? ask : '<p>There is nothing to verify any more.</p>')
}

function portalPage(): OnTheWire {
  return html(200, 'Your membership', '<p>The sandbox has no customer portal. Ask at the desk.</p>')
}

function field(name: string, label: string, value: string, complete: string): string {
  const type = name === 'email' ? 'email' : 'text'
  return `<label>${label}<input name="${name}" type="${type}" value="${safe(value)}" autocomplete="${complete}"></label>`
}

function button(value: string, label: string): string {
  return `<button name="way" value="${value}">${label}</button>`
}

function notice(text: string): string {
  return `<p role="alert">${safe(text)}</p>`
}

function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return safe(format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)))
}

function safe(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** See other: going back does not pay again. */
function go(location: string): OnTheWire {
  return { status: 303, headers: { location }, body: '' }
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:26rem;margin:2rem auto;padding:0 1rem}
table{width:100%;border-collapse:collapse;margin-bottom:1rem}td,th{text-align:left;padding:.25rem 0}td+td,th+th{text-align:right}
label{display:block;margin-bottom:.75rem}input,button{font:inherit;width:100%;box-sizing:border-box;padding:.5rem}
button{margin-bottom:.5rem}[role=alert]{border-left:.25rem solid;padding-left:.75rem}small{opacity:.8}`

function html(status: number, title: string, body: string): OnTheWire {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title>`
  const note =
    '<p><small>This page is made up. No money moves, and nothing that you enter leaves this computer.</small></p>'
  const text = `<!doctype html><html lang="en"><head>${head}<style>${STYLE}</style></head><body><main><h1>${safe(title)}</h1>${body}${note}</main></body></html>`
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
  return { status, headers: { ...headers, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }, body: text }
}
