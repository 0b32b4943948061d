// The pages where a payer would be at Stripe: they work without script, without a key, and with hostile names.
import { expect, test } from 'vitest'
import { openForAll } from './open.ts'

const { sandbox, stripe } = await openForAll({ people: 0 })
const urls = {
  success_url: 'https://space.example.org/thanks?s={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://space.example.org/',
}
const product = await stripe.products.create({ name: 'Bench <b>&' })
const recurring = { interval: 'month' } as const
const price = await stripe.prices.create({ product: product.id, currency: 'eur', unit_amount: 6_500, recurring })

async function visit(address: string | null, given?: Record<string, string>) {
  const init = given === undefined ? {} : { method: 'POST', body: new URLSearchParams(given) }
  const reply = await fetch(address ?? '', { redirect: 'manual', ...init })
  return { status: reply.status, to: reply.headers.get('location'), headers: reply.headers, text: await reply.text() }
}

test('a person subscribes at the page after a card that was declined, and is sent to where the space said', async () => {
  const line_items = [{ price: price.id, quantity: 1 }]
  const session = await stripe.checkout.sessions.create({ ...urls, mode: 'subscription', line_items })
  const page = await visit(session.url)
  expect(page.status).toBe(200)
  expect(page.text).toContain('Bench &lt;b&gt;&amp;')
  expect(page.text).toContain('€65.00')
  expect(page.text).not.toMatch(/<script|\son\w+=|src=/)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  const who = { email: 'page@example.org', name: 'Pat <Page>' }
  const refused = await visit(session.url, { way: 'insufficient_funds', ...who })
  expect(refused.text).toContain('value="Pat &lt;Page&gt;"')
  expect([refused.status, refused.text.includes('Your card has insufficient funds.')]).toEqual([402, true])
  expect(await visit(session.url, { way: 'close' })).toMatchObject({ status: 303, to: urls.cancel_url })
  const thanks = urls.success_url.replace('{CHECKOUT_SESSION_ID}', session.id)
  expect(await visit(session.url, { way: 'card', ...who })).toMatchObject({ status: 303, to: thanks })
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] })
  expect(done).toMatchObject({ status: 'complete', customer: { email: who.email, name: who.name } })
  const again = await visit(session.url, { way: 'card', ...who })
  expect(again.text).toContain('This is done.')
  expect((await stripe.subscriptions.list({ customer: (done.customer as { id: string }).id })).data).toHaveLength(1)
})

test('an open invoice is paid at its page, and small deposits are confirmed at theirs', async () => {
  const customer = await stripe.customers.create({ name: 'Lee Late', payment_method: 'pm_card_visa' })
  const order = { customer: customer.id, items: [{ price: price.id }] }
  const late = await stripe.subscriptions.create({
    ...order,
    payment_behavior: 'default_incomplete',
    expand: ['latest_invoice'],
  })
  const hosted = typeof late.latest_invoice === 'string' ? '' : late.latest_invoice?.hosted_invoice_url
  // The page stands at the sandbox under the same path.
  const address = `${sandbox.url}${new URL(hosted ?? '').pathname}`
  expect((await visit(address, { way: 'declined' })).text).toContain('Your card was declined.')
  expect((await stripe.subscriptions.retrieve(late.id)).status).toBe('incomplete')
  expect((await visit(address, { way: 'card' })).text).toContain('This invoice is paid.')
  expect((await stripe.subscriptions.retrieve(late.id)).status).toBe('active')
  const setup = await stripe.setupIntents.create({
    customer: customer.id,
    payment_method: 'pm_usBankAccount_unverified',
    confirm: true,
    mandate_data: { customer_acceptance: { type: 'offline' } },
  })
  const deposits = setup.next_action?.verify_with_microdeposits?.hosted_verification_url ?? ''
  expect((await visit(deposits)).text).toContain('Two small deposits')
  expect((await visit(deposits, {})).text).toContain('nothing to verify')
  expect((await stripe.setupIntents.retrieve(setup.id)).status).toBe('succeeded')
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id })
  expect((await visit(portal.url)).status).toBe(200)
})

test('whoever has paid in the demo is thanked', async () => {
  expect(await visit(`${sandbox.url}/paid`)).toMatchObject({
    status: 200,
    text: expect.stringContaining('It went through.'),
  })
})

test.each(['/c/pay/cs_test_nothing', '/i/in_nothing', '/c/pay/constructor'])('nothing at %s', async (path) => {
  expect((await visit(`${sandbox.url}${path}`)).status).toBe(404)
})
