// Walk-ins at the desk, each from the first click to a card that opens the door: every way to pay, and what goes wrong
// with it. `npm test` does the plain one, `npm run test:deep -- sign-up` all.
import { expect, type Locator, type Page } from 'playwright/test'
import Stripe from 'stripe'
import { startSandbox } from '../../src/main/sandbox/stripe-server.ts'
import type { Status } from '../../src/preload/shapes.ts'
import { cardNumbersIn } from '../card-numbers.ts'
import { startMailServer } from '../notify/mail-server.ts'
import { freshDir, type Served, startServe, until } from '../serving.ts'
import { addReader, type Counter, test } from './counter.ts'

const CARD = 'em:6F007B3972'
const PLAN = /Full member/
const atReader = (page: Page): Locator => page.getByRole('button', { name: /^Card reader: Front desk/ })
const fault = (page: Page): Locator => page.locator('[data-step]').getByRole('alert')

/** From the search box to the question how they pay: nobody is found, so they are signed up. */
async function begin({ page, hands }: Counter, name: string, plan = PLAN): Promise<void> {
  await hands.press('/')
  await hands.fill(page.getByRole('combobox').first(), name)
  await hands.click(page.getByRole('link', { name: `Sign up ${name}` }))
  await hands.click(page.getByRole('button', { name: 'Next' }))
  await hands.click(page.getByRole('radio', { name: plan }))
  await hands.click(page.getByRole('checkbox', { name: /accepts the terms/ }))
  await hands.click(page.getByRole('button', { name: 'Next' }))
}

/** The reader's turn, with the command to it sent. */
async function turn({ page, hands, stripe, reader }: Counter): Promise<void> {
  await hands.click(atReader(page))
  await expect(page.getByText(/Waiting for the card/)).toBeVisible()
  await expect
    .poll(
      async () => ((await stripe.terminal.readers.retrieve(reader)) as { action?: { status: string } }).action?.status,
    )
    .toBe('in_progress')
}

async function enrol({ page, hands, present, door }: Counter, name: string, card = CARD): Promise<void> {
  await hands.click(page.getByRole('button', { name: 'Enrol their card' }))
  await expect(page.getByRole('dialog').getByText('Present the card now')).toBeVisible()
  present(card)
  await expect(page.getByRole('dialog').locator('[data-settled]')).toBeVisible()
  expect(await door.present(card)).toMatchObject({ grant: true })
  await hands.click(page.getByRole('dialog').getByRole('button', { name: 'Done' }))
  await hands.click(page.getByRole('button', { name: 'Finish' }))
  await expect(page.getByText(`${name} is a member`)).toBeVisible()
}

/** What Stripe has of somebody: customers, subscriptions, and what each invoice took. */
async function atStripe({ stripe }: Pick<Counter, 'stripe'>, name: string) {
  const customers = (await stripe.customers.list({ limit: 100 })).data.filter((one) => one.name === name)
  const customer = customers[0]?.id ?? ''
  const subscriptions = (await stripe.subscriptions.list({ customer, status: 'all' })).data
  const invoices = (await stripe.invoices.list({ customer })).data
  return { customers: customers.length, subscriptions, paid: invoices.map(({ amount_paid }) => amount_paid), invoices }
}

const due = async (page: Page) => Number(await page.locator('[data-due]').getAttribute('data-due'))

test('a plain card sign-up takes at most 12 interactions from the search box to a card that opens the door', async ({
  counter,
}) => {
  const { page, hands, acts, reader, said } = counter
  await begin(counter, 'Rosa Neumann')
  await turn(counter)
  const shown = await due(page)
  acts().presentCard(reader)
  await expect(page.getByText('It is paid')).toBeVisible()
  await enrol(counter, 'Rosa Neumann')
  // Without an address of theirs: nothing of it needed one.
  expect(await atStripe(counter, 'Rosa Neumann')).toMatchObject({
    customers: 1,
    subscriptions: [{ status: 'active' }],
    paid: [shown],
  })
  console.log(`from the search box to a card that opens the door: ${hands.count()} interactions`)
  expect(hands.count()).toBeLessThanOrEqual(12)
  expect(said).toEqual([])
})

const atLength = () => {
  test.setTimeout(180_000)

  test('each failure of the card reader says what happened, charges nobody, and lets them try again', async ({
    counter,
  }) => {
    const { page, acts, reader, stripe } = counter
    await begin(counter, 'Rosa Neumann')
    const fails: [RegExp, () => void][] = [
      [/not enough money/, () => acts().presentCard(reader, 'insufficient_funds')],
      [/lost|stolen|another card|bank/i, () => acts().presentCard(reader, 'lost_card')],
      [/expired/, () => acts().presentCard(reader, 'expired_card')],
      [/cannot be saved/, () => acts().presentCard(reader, 'apple_pay')],
      [/cannot be saved/, () => acts().readerRefusesWallet(reader)],
      [/cancelled at the card reader/, () => acts().cancelAtReader(reader)],
      [/Nobody presented a card in time/, () => acts().readerTimesOut(reader)],
      [/bank/, () => acts().presentCard(reader, 'declined_later')],
      [/wants the payer to confirm/, () => acts().presentCard(reader, 'authentication_later')],
    ]
    for (const [says, act] of fails) {
      await turn(counter)
      act()
      await expect(fault(page)).toHaveText(says)
      await expect(fault(page)).toContainText('nothing was charged')
      expect((await atStripe(counter, 'Rosa Neumann')).paid.filter((paid) => paid > 0)).toEqual([])
    }
    // What goes wrong before anybody holds a card to it.
    for (const [trouble, says] of [
      ['hardware_fault', /reports a fault/],
      ['timeout', /did not answer in time/],
    ] as const) {
      acts().readerFails(reader, trouble)
      await atReader(page).click()
      await expect(fault(page)).toHaveText(says)
      await expect(fault(page)).toContainText('nothing was charged')
    }
    acts().switchReader(reader, false)
    await expect(atReader(page)).toHaveText(/Front desk/)
    await page.reload()
    await expect(atReader(page)).toHaveText(/switched off/)
    await expect(atReader(page)).toBeDisabled()
    acts().switchReader(reader, true)
    await page.reload()
    // It did not answer, and shows that it is their turn all the same: the truth is read, and nothing is asked twice.
    acts().readerFails(reader, 'timeout-after')
    await atReader(page).click()
    await expect
      .poll(
        async () =>
          ((await stripe.terminal.readers.retrieve(reader)) as { action?: { status: string } }).action?.status,
      )
      .toBe('in_progress')
    if (await fault(page).isVisible()) await turn(counter)
    acts().presentCard(reader)
    await expect(page.getByText('It is paid')).toBeVisible()
    const { customers, subscriptions, paid } = await atStripe(counter, 'Rosa Neumann')
    expect([customers, subscriptions.filter(({ status }) => status === 'active').length]).toEqual([1, 1])
    expect(paid.filter((one) => one > 0)).toHaveLength(1)
    await enrol(counter, 'Rosa Neumann')
  })

  test('two at one reader: the second waits until the first is done', async ({ counter }) => {
    const { page, acts, reader } = counter
    await begin(counter, 'Rosa Neumann')
    await turn(counter)
    await begin(counter, 'Otto Brandt')
    await expect(atReader(page)).toHaveText(/busy with Rosa Neumann/)
    await atReader(page).click()
    acts().presentCard(reader)
    await expect(page.getByText(/Waiting for the card/)).toBeVisible()
    await expect
      .poll(() => counter.line.requests.filter((line) => line.endsWith('process_setup_intent')).length)
      .toBe(2)
    acts().presentCard(reader, 'mastercard')
    await expect(page.getByText('It is paid')).toBeVisible()
    for (const name of ['Rosa Neumann', 'Otto Brandt'])
      expect(await atStripe(counter, name)).toMatchObject({ customers: 1, subscriptions: [{ status: 'active' }] })
  })

  test('on Stripe’s page: by card, by a bank account that is on its way, and closed for another way', async ({
    counter,
  }) => {
    const { page, acts, stripe } = counter
    const openPage = async () => (await stripe.checkout.sessions.list({ limit: 1 })).data[0]?.id ?? ''
    await begin(counter, 'Rosa Neumann')
    await page.getByRole('button', { name: 'Stripe’s page, by phone' }).click()
    await expect(page.getByRole('img', { name: /Stripe’s page/ })).toBeVisible()
    acts().payAtCheckout(await openPage())
    await expect(page.getByText('It is paid')).toBeVisible()
    await enrol(counter, 'Rosa Neumann')

    await begin(counter, 'Otto Brandt')
    await page.getByRole('button', { name: 'Stripe’s page, by phone' }).click()
    await expect(page.getByRole('img', { name: /Stripe’s page/ })).toBeVisible()
    acts().payAtCheckout(await openPage(), 'sepa_debit')
    await expect(page.getByText('The payment is on its way')).toBeVisible()

    await begin(counter, 'Ida Sommer')
    await page.getByRole('button', { name: 'Stripe’s page, by phone' }).click()
    await expect(page.getByRole('img', { name: /Stripe’s page/ })).toBeVisible()
    const left = await openPage()
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect(fault(page)).toContainText('nothing was charged')
    expect((await stripe.checkout.sessions.retrieve(left)).status).toBe('expired')
    await page.getByRole('button', { name: 'Cash, invoice or company' }).click()
    await page.getByLabel('Amount').fill('65')
    await page.getByRole('button', { name: 'Agree on it' }).click()
    await expect(page.getByText('It is agreed')).toBeVisible()
    await enrol(counter, 'Ida Sommer', 'em:0E0046DE51')
    expect((await atStripe(counter, 'Ida Sommer')).subscriptions).toEqual([])
  })

  test('a family: one pays for three, and each has a card of their own', async ({ counter }) => {
    const { page, hands, acts, reader, present, door, ask } = counter
    await ask('members.create', { name: 'Mila Neumann', emails: [], phone: null })
    await hands.press('/')
    await hands.fill(page.getByRole('combobox').first(), 'Rosa Neumann')
    await hands.click(page.getByRole('link', { name: 'Sign up Rosa Neumann' }))
    await hands.click(page.getByRole('button', { name: 'Next' }))
    await hands.click(page.getByRole('radio', { name: PLAN }))
    await hands.click(page.getByRole('button', { name: 'For more than one person' }))
    await hands.fill(page.getByLabel('How many people it covers'), '3')
    await hands.click(page.getByRole('checkbox', { name: /accepts the terms/ }))
    await hands.click(page.getByRole('button', { name: 'Next' }))
    await turn(counter)
    expect(await due(page)).toBe(3 * 6_500)
    acts().presentCard(reader)
    await expect(page.getByText('It is paid')).toBeVisible()
    await enrol(counter, 'Rosa Neumann')
    expect(await atStripe(counter, 'Rosa Neumann')).toMatchObject({ customers: 1, paid: [3 * 6_500] })
    await page.getByRole('button', { name: 'Open Rosa Neumann' }).click()
    const panel = page.getByRole('complementary', { name: 'Details' })
    await panel
      .getByRole('link', { name: /page|everything|more/i })
      .first()
      .click()
    await page.getByRole('tab', { name: 'Payments' }).click()
    await page.getByRole('button', { name: 'Cover one more' }).click()
    await page.getByRole('dialog').getByRole('combobox').fill('Mila')
    await page
      .getByRole('dialog')
      .getByRole('option', { name: /Mila Neumann/ })
      .click()
    await expect(page.getByText('2 of 3')).toBeVisible()
    const mila = (await ask('members.search', { text: 'Mila Neumann' }))[0]?.id ?? ''
    await ask('cards.add', { member: mila, card: 'em:0E0046DE51' })
    expect(await door.present('em:0E0046DE51')).toMatchObject({ grant: true })
    expect(present).toBeTruthy()
  })

  test('without a network: a provisional card, never shown as paid, and the payment when the line is back', async ({
    counter,
  }) => {
    const { page, hands, acts, reader, present, door, line, ask } = counter
    line.fate = () => 'cut'
    await ask('sync.run', { wait: true }).catch(() => undefined)
    await begin(counter, 'Rosa Neumann')
    await hands.click(page.getByRole('button', { name: 'Give a provisional card' }))
    await expect(page.getByText(/Not paid yet: this card opens .*Front door.* until/)).toBeVisible()
    await hands.click(page.getByRole('button', { name: 'Enrol their card' }))
    await expect(page.getByRole('dialog').getByText('Present the card now')).toBeVisible()
    present(CARD)
    await expect(page.getByRole('dialog').locator('[data-settled]')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    expect(await door.present(CARD)).toMatchObject({ grant: true, reason: 'ok-override' })
    await expect(page.getByText('It is paid')).toHaveCount(0)
    expect((await ask('members.search', { text: 'Rosa Neumann' }))[0]?.standing).not.toBe('current')

    line.fate = () => 'pass'
    await ask('sync.run', { wait: true })
    await page.getByRole('link', { name: 'Desk', exact: true }).click()
    await page.getByRole('link', { name: 'Sign up', exact: true }).click()
    await page.getByRole('link', { name: 'Go on with Rosa Neumann' }).click()
    await turn(counter)
    acts().presentCard(reader)
    await expect(page.getByText(/Rosa Neumann is a member|It is paid/)).toBeVisible()
    await expect
      .poll(async () => (await door.present(CARD)) as { reason?: string })
      .toMatchObject({ grant: true, reason: 'ok' })
    expect(await atStripe(counter, 'Rosa Neumann')).toMatchObject({
      customers: 1,
      subscriptions: [{ status: 'active' }],
    })
    for (const failure of counter.failures.splice(0)) expect(failure).toContain('Stripe cannot be reached')
  })

  test('turned away at the door, paid at the desk, and the door opens: by reader and in cash', async ({ counter }) => {
    const { page, acts, reader, door, ask, stripe } = counter
    const owing = (await ask('members.list', { standing: 'lapsed', limit: 200 })).rows
    const cards = ['em:0A00000001', 'em:0A00000002', 'em:0A00000003', 'em:0A00000004', 'em:0A00000005', 'em:0A00000006']
    const debtors: { name: string; card: string }[] = []
    for (const { id, name } of owing) {
      const card = cards[debtors.length]
      if (card === undefined) break
      if ((await ask('payments.owed', { member: id })).debts.length === 0) continue
      await ask('cards.add', { member: id, card })
      debtors.push({ name, card })
    }
    expect(debtors.length).toBeGreaterThanOrEqual(2)
    const seeWhy = async ({ name, card }: { name: string; card: string }) => {
      expect(await door.present(card)).toMatchObject({ grant: false })
      await page.getByRole('link', { name: 'Desk', exact: true }).click()
      await page.getByRole('button', { name: `See why: ${name}` }).click()
      await page
        .getByRole('complementary', { name: 'Details' })
        .getByRole('button', { name: 'Take payment' })
        .first()
        .click()
    }
    const [first, second] = debtors as [(typeof debtors)[0], (typeof debtors)[0]]
    await seeWhy(first)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Card reader: Front desk/ })
      .click()
    await expect
      .poll(
        async () =>
          ((await stripe.terminal.readers.retrieve(reader)) as { action?: { status: string } }).action?.status,
      )
      .toBe('in_progress')
    acts().presentCard(reader)
    await expect(page.getByRole('dialog').getByText(/is paid\./)).toBeVisible()
    const paidAt = Date.now()
    await expect
      .poll(async () => (await door.present(first.card)) as { grant?: boolean }, { intervals: [50] })
      .toMatchObject({ grant: true })
    console.log(`paid at the reader, open at the door after ${Date.now() - paidAt} ms`)
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await page.keyboard.press('Escape')

    await seeWhy(second)
    await page.getByRole('dialog').getByRole('button', { name: 'Cash', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, paid in cash' }).click()
    await expect(page.getByRole('dialog').getByText(/is paid\./)).toBeVisible()
    const cashAt = Date.now()
    await expect
      .poll(async () => (await door.present(second.card)) as { grant?: boolean }, { intervals: [50] })
      .toMatchObject({ grant: true })
    console.log(`paid in cash, open at the door after ${Date.now() - cashAt} ms`)
    expect((await ask('money.recovered', {})).map(({ member }) => member.name).toSorted()).toEqual(
      [first.name, second.name].toSorted(),
    )
  })

  test('six plans on the 1st, in mid-month and on the 31st: what the screen says is what Stripe bills', async ({
    counter,
  }) => {
    test.setTimeout(600_000)
    const { page, acts, reader, ask, stripe } = counter
    await ask('plans.fromTemplate', {})
    const { plans } = await ask('plans.template', {})
    for (const { plan } of plans) await ask('plans.createInStripe', { plan: plan?.id ?? '' })
    let people = 0
    for (const day of [1, 15, 31]) {
      const now = new Date((await ask('desk.lamps', {})).now)
      const noon = new Date(now)
      noon.setUTCHours(11, 0, 0, 0)
      while (noon.getUTCDate() !== day || noon <= now) noon.setUTCDate(noon.getUTCDate() + 1)
      await ask('demo.clock', { by: `${Math.ceil((noon.getTime() - now.getTime()) / 60_000)}m` })
      await page.reload()
      for (const { name, slug } of plans) {
        people += 1
        const who = `Walker ${String.fromCharCode(64 + people)}bc`
        const unlisted = slug === 'founder'
        await page.getByRole('link', { name: 'Sign up', exact: true }).click()
        await page.getByLabel('First and last name').fill(who)
        await page.getByRole('button', { name: 'Next' }).click()
        if (unlisted) await page.getByRole('button', { name: /who ask/ }).click()
        await page.getByRole('radio', { name: new RegExp(`^${name}`) }).check()
        await page.getByRole('checkbox', { name: /accepts the terms/ }).check()
        await page.getByRole('button', { name: 'Next' }).click()
        await turn(counter)
        const shown = await due(page)
        const lines = await page.locator('aside li').allInnerTexts()
        acts().presentCard(reader)
        await expect(page.getByText('It is paid')).toBeVisible()
        const { invoices, subscriptions } = await atStripe(counter, who)
        expect(invoices.map(({ amount_due, amount_paid }) => [amount_due, amount_paid])).toEqual([[shown, shown]])
        const invoice = await stripe.invoices.retrieve(invoices[0]?.id ?? '')
        expect(lines).toHaveLength(invoice.lines.data.length)
        if (day === 1) expect(shown).toBeGreaterThan(3_000)
        const next = subscriptions[0]?.items.data[0]?.current_period_end ?? 0
        console.log(
          `${noon.toISOString().slice(0, 10)} ${name}: ${shown} shown and billed, next on ${new Date(next * 1000).toISOString().slice(0, 10)}`,
        )
        await page.getByRole('button', { name: 'Without a card for now' }).click()
        await expect(page.getByText(`${who} is a member`)).toBeVisible()
      }
    }
  })

  test('a link by mail: nobody waits at the desk, and whoever filled it in is there to be given a card', async ({
    counter,
  }) => {
    const { page, acts, stripe, ask, hands } = counter
    const inbox = await startMailServer()
    try {
      await hands.press('/')
      await hands.fill(page.getByRole('combobox').first(), 'Rosa Neumann')
      await hands.click(page.getByRole('link', { name: 'Sign up Rosa Neumann' }))
      await hands.fill(page.getByLabel(/^Email/), 'rosa@example.org')
      await hands.click(page.getByRole('button', { name: 'Next' }))
      await hands.click(page.getByRole('radio', { name: PLAN }))
      await hands.click(page.getByRole('checkbox', { name: /accepts the terms/ }))
      await hands.click(page.getByRole('button', { name: 'Next' }))
      counter.setUpMail(inbox.port)
      await hands.click(page.getByRole('button', { name: 'Send the link by mail' }))
      await expect(page.getByText(/A link was mailed/)).toBeVisible()
      await ask('sync.run', { wait: true })
      await expect.poll(() => inbox.arrived.flatMap(({ to }) => to), { timeout: 20_000 }).toContain('rosa@example.org')
      const sent = inbox.arrived.map(({ mail }) => `${mail.text}`).join()
      const session = (await stripe.checkout.sessions.list({ limit: 1 })).data[0]
      expect(sent).toContain(session?.url ?? 'no page')
      await page.getByRole('link', { name: 'Desk', exact: true }).click()
      acts().payAtCheckout(session?.id ?? '')
      await expect
        .poll(async () => (await atStripe(counter, 'Rosa Neumann')).subscriptions.length, { timeout: 30_000 })
        .toBe(1)
      await page.getByRole('link', { name: /card.* to hand over/i }).click()
      await page.getByRole('link', { name: 'Go on with Rosa Neumann' }).click()
      await expect(page.getByText('It is paid')).toBeVisible()
      await enrol(counter, 'Rosa Neumann')
    } finally {
      await inbox.close()
    }
  })

  test('a desk that is killed, with nothing said or while the reader waits, is back at that step; one is charged once', async ({
    page,
  }) => {
    const sandbox = await startSandbox({ port: 0, seed: 1, stateFile: null, realNow: Date.now, checkReplies: true })
    const { hostname, port } = new URL(sandbox.url)
    const stripe = new Stripe(sandbox.key, { host: hostname, port, protocol: 'http', telemetry: false })
    const reader = await addReader(stripe)
    const dataDir = freshDir()
    const start = () => startServe(['--stripe-base', sandbox.url], { dataDir, env: { STRIPE_API_KEY: sandbox.key } })
    const arrive = async (served: Served) => {
      await page.goto(/http:\S+sign-in\S+/.exec(served.output.stderr)?.[0] ?? '')
      await page.getByRole('link', { name: 'Sign up', exact: true }).click()
    }
    const kill = async (served: Served) => {
      process.kill(served.ready.pid, 'SIGKILL')
      await served.stop()
    }
    const first = await start()
    await until(async () => (await first.json<Status>('status')).sync.phase === 'idle', 'the first load')
    await arrive(first)
    await page.getByLabel('First and last name').fill('Rosa Neumann')
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByRole('heading', { name: 'Which plan?' }).or(page.getByText('Which plan?'))).toBeVisible()
    await kill(first)

    const second = await start()
    await arrive(second)
    await page.getByRole('link', { name: 'Go on with Rosa Neumann' }).click()
    await page.getByRole('radio', { name: PLAN }).check()
    await page.getByRole('checkbox', { name: /accepts the terms/ }).check()
    await page.getByRole('button', { name: 'Next' }).click()
    await atReader(page).click()
    await expect(page.getByText(/Waiting for the card/)).toBeVisible()
    // The page says so as the desk begins to ask for it.
    const asked = async () => (await stripe.terminal.readers.retrieve(reader)) as { action?: { status: string } | null }
    await until(async () => (await asked()).action?.status === 'in_progress', 'the reader that asks for a card')
    await kill(second)

    // Whoever stood there has presented the card meanwhile, and nobody looked.
    sandbox.acts.presentCard(reader)
    const third = await start()
    try {
      await arrive(third)
      await page.getByRole('link', { name: 'Go on with Rosa Neumann' }).click()
      await expect(page.getByText('It is paid')).toBeVisible({ timeout: 30_000 })
      await page.getByRole('button', { name: 'Without a card for now' }).click()
      await expect(page.getByText('Rosa Neumann is a member')).toBeVisible()
      expect(await atStripe({ stripe }, 'Rosa Neumann')).toMatchObject({
        customers: 1,
        subscriptions: [{ status: 'active' }],
        paid: [6_500],
      })
      expect(cardNumbersIn(dataDir)).toEqual([])
    } finally {
      expect(await third.stop()).toBe(0)
      await sandbox.close()
    }
  })
}
if (process.env.LATCHKEY_DEEP) test.describe('at length', atLength)
