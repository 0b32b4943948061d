// The front desk in a browser over a desk, a sandbox and a door in this process: so a spec can hold a bank card to the
// reader, cut the line to Stripe, move the clock, and read at Stripe what was billed.
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { test as base, expect, type Locator, type Page } from 'playwright/test'
import Stripe from 'stripe'
import { type NativeDoor, startNativeDoor } from '../../hardware/sim/native-door.ts'
import { presentToReader } from '../../hardware/sim/reader.ts'
import type { MailSettings } from '../../src/main/domain/mail.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { ensureWebBuild } from '../../src/main/host/web-build.ts'
import { startUiServer } from '../../src/main/host/ws-transport.ts'
import type { Acts } from '../../src/main/sandbox/acts.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import type { Args, CallName, Reply } from '../../src/preload/contract.ts'
import { type StripeProxy, startProxy } from '../app/stripe-proxy.ts'
import { startTestDesk, type TestDesk } from '../host/test-desk.ts'

export type Counter = {
  page: Page
  /** What the page wrote to its console. */
  said: string[]
  /** What the desk would have logged as broken: a spec takes out what it has caused. */
  failures: string[]
  stripe: Stripe
  acts(): Acts
  /** Between the desk and Stripe. */
  line: StripeProxy
  /** The id of the reader that takes bank cards. */
  reader: string
  /** Mail goes to a server on this computer from here on: a desk on the sandbox sends none by itself. */
  setUpMail(port: number): void
  /** A card of the space at the desk's own reader. */
  present(card: string): void
  door: NativeDoor
  ask<N extends CallName>(name: N, args: Args<N>): Promise<Reply<N>>
  hands: Hands
}

/** What a person at the desk does, each counted as one: a press, a click, a field filled in. */
export type Hands = {
  count(): number
  press(key: string): Promise<void>
  click(what: Locator): Promise<void>
  fill(what: Locator, text: string): Promise<void>
}

const DOOR = 'entrance'
const MAIL: Omit<MailSettings, 'port'> = {
  host: '127.0.0.1',
  security: 'none',
  user: null,
  senderName: '',
  senderAddress: 'desk@space.example',
  staff: ['board@space.example'],
}
const DESK_READER = 'sim:counter'

export const test = base.extend<{ counter: Counter }>({
  counter: async ({ page }, use) => {
    const line: { proxy: StripeProxy | null } = { proxy: null }
    const on = await startTestDesk(async (url) => {
      line.proxy = await startProxy(url)
      return line.proxy.url
    })
    if (line.proxy === null) throw new Error('no line to Stripe')
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(String(error)))
    const ui = await startUiServer({
      host: '127.0.0.1',
      port: 0,
      webFolder: await ensureWebBuild(path.resolve(import.meta.dirname, '../..'), () => undefined),
      token: randomBytes(16).toString('hex'),
      realNow: Date.now,
      log: (text, error) => error !== undefined && said.push(`${text}: ${String(error)}`),
    })
    ui.attach(on.desk)
    const ask = asker(on)
    const { hostname, port } = new URL(on.sandbox.url)
    const stripe = new Stripe(on.sandbox.key, { host: hostname, port, protocol: 'http', telemetry: false })
    const key = (await ask('doors.add', { id: DOOR, name: 'Front door' })).key ?? ''
    const door = startNativeDoor({
      url: `http://127.0.0.1:${on.desk.doorsPort}`,
      id: DOOR,
      key,
      random: randomBytes,
      patience: 10_000,
    })
    try {
      await page.goto(ui.signIns.link())
      await expect(page.getByRole('link', { name: 'Sign up', exact: true })).toBeVisible()
      const reader = await addReader(stripe)
      await ask('readers.add', { port: DESK_READER, profile: 'simulated' })
      await ask('settings.set', { website: 'https://example.org' })
      const { proxy } = line
      await use({
        page,
        said,
        failures: on.failures,
        stripe,
        acts: () => on.sandbox.acts,
        line: proxy,
        reader,
        present: (card) => presentToReader(DESK_READER, card),
        setUpMail(port) {
          const { live, now } = on.desk.deps
          writeSetting(live.db, 'mail', { ...MAIL, port }, now())
        },
        door,
        ask,
        hands: createHands(page),
      })
      expect(on.failures).toEqual([])
    } finally {
      await door.close()
      await ui.close()
      await on.stop()
      await line.proxy.close()
    }
  },
})

function asker(on: TestDesk): Counter['ask'] {
  return async (name, args) => {
    const outcome = await answerCall(on.desk.deps, owner(), name, args, (text, error) =>
      on.failures.push(`${text}: ${String(error)}`),
    )
    if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.refusal.sentence}`)
    return outcome.value as never
  }
}

export async function addReader(stripe: Stripe): Promise<string> {
  const address = { line1: 'Street 1', city: 'Berlin', country: 'DE', postal_code: '10115' }
  const location = await stripe.terminal.locations.create({ display_name: 'Front desk', address })
  const asked = { registration_code: 'simulated-wpe', label: 'Front desk', location: location.id }
  return (await stripe.terminal.readers.create(asked)).id
}

function createHands(page: Page): Hands {
  let count = 0
  return {
    count: () => count,
    async press(key) {
      count += 1
      await page.keyboard.press(key)
    },
    async click(what) {
      count += 1
      await what.click()
    },
    async fill(what, text) {
      count += 1
      await what.fill(text)
    },
  }
}
