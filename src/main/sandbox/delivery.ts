// Events sent to a webhook receiver as Stripe sends them: signed, again where the receiver fails, doubled or out of order on demand.
import { createHmac } from 'node:crypto'
import { DAY, HOUR, type Seconds } from './calendar.ts'
import { isVisible, lot, tell } from './events.ts'
import type { World } from './state.ts'

export type Receiver = {
  url: string
  secret: string
  /** The share of events, 0 to 1, that is sent twice. */
  doubled: number
  shuffled: boolean
}

/** Sends one payload; answers the receiver's status, or throws where none came. */
export type Post = (url: string, body: string, headers: Record<string, string>) => Promise<number>

/** Waits from one attempt to the next, in seconds: about three days in all, as at Stripe. */
const WAITS: Seconds[] = [10, 60, 600, HOUR, 6 * HOUR, 12 * HOUR, DAY, DAY]

type Letter = { receiver: Receiver; event: string; at: Seconds; attempt: number }

export type Delivery = {
  receivers: readonly Receiver[]
  add(receiver: Receiver): void
  clear(): void
  /** Sends what is due and waits for the receivers' answers. */
  run(): Promise<void>
}

export function createDelivery(world: World, post: Post): Delivery {
  let receivers: Receiver[] = []
  let letters: Letter[] = []
  let written = 0
  let running: Promise<void> = Promise.resolve()

  function write(): void {
    if (world.seq === written) return
    for (const [id, { seq }] of world.events) {
      if (seq <= written) continue
      for (const receiver of receivers) {
        const letter = { receiver, event: id, at: world.at, attempt: 0 }
        letters.push(letter)
        if (lot(id, 'doubled') < receiver.doubled) letters.push({ ...letter })
      }
    }
    written = world.seq
  }

  async function send(letter: Letter): Promise<void> {
    const event = world.events.get(letter.event)?.record
    if (event === undefined) return
    const body = JSON.stringify(tell(world, event))
    const signature = signatureOf(body, letter.receiver.secret, world.at)
    const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature }
    const sentAt = world.at
    const status = await post(letter.receiver.url, body, headers).catch(() => 0)
    const wait = WAITS[letter.attempt]
    if ((status >= 200 && status < 300) || wait === undefined || !receivers.includes(letter.receiver)) return
    letters.push({ ...letter, at: sentAt + wait, attempt: letter.attempt + 1 })
  }

  async function sendDue(): Promise<void> {
    if (receivers.length === 0) return
    write()
    const isDue = ({ at, event }: Letter) => {
      const record = world.events.get(event)?.record
      return at <= world.at && (record === undefined || isVisible(world, record))
    }
    const due = letters.filter(isDue)
    letters = letters.filter((letter) => !isDue(letter))
    const mixed = due.toSorted((a, b) => order(a) - order(b))
    for (const letter of mixed) await send(letter)
  }

  return {
    get receivers() {
      return receivers
    },
    add(receiver) {
      if (receivers.length === 0) written = world.seq
      receivers.push(receiver)
    },
    clear() {
      receivers = []
      letters = []
    },
    /** Also waits for what is on its way already. */
    run() {
      running = running.then(sendDue)
      return running
    },
  }
}

function order({ receiver, event, attempt }: Letter): number {
  return receiver.shuffled ? lot(event, `order-${attempt}`) : 0
}

/** The header `stripe-signature` as Stripe makes it (docs.stripe.com/webhooks#verify-manually). */
export function signatureOf(body: string, secret: string, at: Seconds): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
}
