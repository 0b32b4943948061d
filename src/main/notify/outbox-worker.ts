// Sends what the outbox holds, one after another, beside everything else: nothing waits for it, and nothing is sent twice by
// it. What it is about to do is written down before it does it, so that one that was killed knows where it was.
import type { Mail } from '../domain/mail.ts'
import {
  concernsServer,
  type Delivery,
  failureKind,
  interrupted,
  type MailTrouble,
  type OutboxFactKind,
  type OutboxNow,
  outboxNow,
} from '../domain/outbox.ts'
import { MINUTE, type Ms } from '../domain/time.ts'
import type { WriteDb } from '../store/open.ts'
import { insertOutboxFact, type OpenRow, openOutbox } from '../store/outbox.ts'

/** Hands one mail to the server. `onHandOver` is called before the first byte of the mail leaves: from
 * then on it may arrive. Where it throws, nothing leaves. Once `stop` is given it comes to an end within seconds. */
export type Post = (mail: Mail, onHandOver: () => void, stop: AbortSignal) => Promise<Delivery>

export type WorkerOptions = {
  db: WriteDb
  now: () => Ms
  newId: () => string
  origin: string
  /** By the settings of this moment; null while no mail is set up. */
  post: () => Post | null
  /** What a row is as a mail now; null where its person has no address. */
  compose: (row: OpenRow) => Mail | null
  /** Ends early when `signal` is given. */
  sleep: (ms: Ms, signal: AbortSignal) => Promise<void>
  /** Something was settled, or failed; `stuck`: a person has to do something. */
  onChange: (stuck: boolean) => void
  log: (line: string, error?: unknown) => void
}

export type OutboxWorker = {
  /** There is something new, or other settings. */
  wake(): void
  stop(): Promise<void>
}

/** A clock may be set, and the demo's jumps: no sleep is longer. */
const LONGEST_SLEEP = MINUTE

type Open = { row: OpenRow; now: OutboxNow }

export function startOutboxWorker(options: WorkerOptions): OutboxWorker {
  const { db, now, newId, origin, post, compose, sleep, onChange, log } = options
  const stopping = new AbortController()
  let woken = new AbortController()

  function note(row: OpenRow, kind: OutboxFactKind, more: { why?: MailTrouble; detail?: string | null } = {}): void {
    insertOutboxFact(db, { id: newId(), outboxId: row.id, kind, at: now(), origin, operator: null, ...more })
  }

  /** Nothing is under way when this is called. */
  function settleInterrupted(rows: readonly OpenRow[]): boolean {
    const halfDone = rows.flatMap((row) => {
      const left = interrupted(row.facts)
      return left === null ? [] : [{ row, left }]
    })
    for (const { row, left } of halfDone) note(row, left.kind, { why: left.why })
    if (halfDone.length > 0) onChange(halfDone.some(({ left }) => left.kind === 'unclear'))
    return halfDone.length > 0
  }

  async function deliver(one: Open, due: readonly Open[], send: Post): Promise<void> {
    const { row } = one
    const mail = composed(row)
    if (mail === null) {
      note(row, 'no-address')
      return onChange(true)
    }
    if (mail === 'unreadable') {
      note(row, 'refused', { why: 'unreadable' })
      return onChange(true)
    }
    note(row, 'tried')
    const came = await send(mail, () => note(row, 'handed-over'), stopping.signal)
    const { outcome, detail } = came
    if (outcome === 'sent') {
      note(row, 'sent', { detail })
      return onChange(false)
    }
    const { why } = came
    if (outcome !== 'failed') {
      note(row, outcome, { why, detail })
      return onChange(true)
    }
    // What the server takes from nobody it would not take of the others either.
    const kinds = (concernsServer(why) ? due : [one]).map((failed) => {
      const kind = failureKind(failed.now, why)
      note(failed.row, kind, { why, detail })
      return kind
    })
    onChange(kinds.includes('given-up'))
  }

  function composed(row: OpenRow): Mail | null | 'unreadable' {
    try {
      return compose(row)
    } catch (error) {
      log(`Writing the mail ${row.id}`, error)
      return 'unreadable'
    }
  }

  /** Sends what is due first; how long nothing is due otherwise. */
  async function step(): Promise<Ms | null> {
    const send = post()
    const rows = openOutbox(db)
    if (settleInterrupted(rows)) return 0
    if (send === null) return null
    const open = rows.map((row) => ({ row, now: outboxNow(row.facts, row.notBefore) }))
    const waiting = open.filter((one) => one.now.dueAt !== null)
    const due = waiting.filter((one) => (one.now.dueAt ?? 0) <= now())
    const [first] = due
    if (first !== undefined) {
      await deliver(first, due, send)
      return 0
    }
    const next = Math.min(...waiting.map((one) => one.now.dueAt ?? 0))
    return waiting.length === 0 ? null : next - now()
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = new AbortController()
      let pause: Ms | null = LONGEST_SLEEP
      try {
        pause = await step()
      } catch (error) {
        // A disk that is full, say. Whatever was under way is settled as soon as it can be written down.
        log('Sending what the outbox holds', error)
      }
      if (pause === 0) continue
      const until = AbortSignal.any([woken.signal, stopping.signal])
      await sleep(Math.min(pause ?? LONGEST_SLEEP, LONGEST_SLEEP), until)
    }
  }

  const running = run()
  return {
    wake: () => woken.abort(),
    stop() {
      stopping.abort()
      return running
    },
  }
}
