// What people do at a reader and at a hosted page, and what readers do by themselves: all that Stripe's API has no call for.
import { type Payer, payAtPage, WAYS, type Way } from './checkout.ts'
import { actionDone } from './collect.ts'
import { type AtReader, giveUpAtReader, present } from './readers.ts'
import type { ReaderTrouble } from './records-terminal.ts'
import { verifySetup } from './setup.ts'
import { change, get, type World } from './state.ts'
import { CARD_NAMES, type CardName, cardNamed } from './test-cards.ts'
import { atClock, clockOf } from './test-clocks.ts'

export function signUpActsOn(world: World) {
  /** At the time of the test clock by which its customer lives. */
  const timed = <T>(id: string, deed: () => T): T => atClock(world, clockOf(world, [id]), deed)
  const atReader = (reader: string, code: AtReader) => timed(reader, () => void giveUpAtReader(world, reader, code))
  return {
    /** Somebody holds a card to it, by one of the names in test-cards.ts: `visa`, `declined`, `apple_pay`… */
    presentCard(reader: string, card: CardName = 'visa'): void {
      known(card, CARD_NAMES)
      timed(reader, () => present(world, reader, cardNamed(card)))
    },
    /** Only where the call allowed it: `enable_customer_cancellation`. */
    cancelAtReader: (reader: string) => atReader(reader, 'customer_canceled'),
    /** Nobody came. */
    readerTimesOut: (reader: string) => atReader(reader, 'terminal_reader_timeout'),
    /** As an account does that cannot save telephones at all; others answer without a card for later. */
    readerRefusesWallet: (reader: string) => atReader(reader, 'setup_intent_mobile_wallet_unsupported'),
    switchReader: (reader: string, online: boolean) => void change(world, 'terminal.reader', reader, { online }),
    /** What goes wrong with the next command; `timeout-after`: it does not answer, and does it all the same. */
    readerFails: (reader: string, trouble: ReaderTrouble | null) =>
      void change(world, 'terminal.reader', reader, { trouble }),

    /** The payer's deed at a Checkout page, by one of the names in checkout.ts; throws what the page would say. */
    payAtCheckout(session: string, way: Way = 'card', payer: Payer = {}): void {
      known(way, Object.keys(WAYS))
      timed(session, () => payAtPage(world, session, way, payer))
    },
    /** The payer tells the small deposits for a bank account that is set up or charged. */
    verifyDeposits: (intent: string) =>
      timed(intent, () => {
        if (!intent.startsWith('seti_')) actionDone(world, intent)
        else if (get(world, 'setup_intent', intent).nextAction !== null) verifySetup(world, intent)
      }),
  }
}

function known(word: string, words: readonly string[]): void {
  if (!words.includes(word)) throw new Error(`There is no ${word}: one of ${words.join(', ')}`)
}
