// What is to be told because of a change, and what became of it: the latest fact holds. Pure.
import type { MailText } from './mail.ts'
import type { Money } from './money.ts'
import type { Receipt } from './paid-receipt.ts'
import { HOUR, MINUTE, type Ms } from './time.ts'

/** `paidBy`: "Cash", "Card ending in 4242". */
export type PaidReceipt = Receipt & { paidBy: string | null }

/** What each kind of notice needs for its text. */
export type Notice =
  | {
      kind: 'welcome'
      /** `opens`: each door, and its hours in words, null for all. `bring`: what to bring the first time. */
      payload: {
        name: string
        plan: string
        opens: { door: string; hours: string | null }[]
        bring: string[]
        /** What was paid with it; null or left out where nothing was, or not yet. */
        receipt?: PaidReceipt | null
      }
    }
  | { kind: 'receipt'; payload: { name: string } & PaidReceipt }
  | { kind: 'payment-link'; payload: { name: string; url: string; amount: Money | null; until: Ms | null } }
  /** As somebody wrote it to them about a late payment; `url` is where it can be paid, null where it names none. */
  | { kind: 'reminder'; payload: { subject: string; text: string; url: string | null } }
  /** The report of late payments as it was then; its files go with it. */
  | { kind: 'report'; payload: MailText }
  /** A plain note for those who work here. */
  | { kind: 'staff'; payload: { what: string; lines: string[] } }

export type NoticeKind = Notice['kind']

/** Why a mail did not go, or not for certain. */
export type MailTrouble =
  | 'unreachable'
  | 'silent'
  | 'unsafe'
  | 'no-encryption'
  | 'password'
  | 'sender'
  | 'relay'
  | 'later'
  | 'address'
  | 'content'
  | 'unreadable'
  | 'stopped'
  | 'cut-off'
  | 'restored'

/** What came of handing one mail to the server. `detail`: what the server said to it. */
export type Delivery =
  | { outcome: 'sent'; detail: string | null }
  | { outcome: 'failed' | 'refused' | 'unclear'; why: MailTrouble; detail: string | null }

export type OutboxFactKind =
  | 'tried'
  | 'handed-over'
  | 'sent'
  | 'failed'
  | 'given-up'
  | 'refused'
  | 'unclear'
  | 'no-address'
  | 'again'
  | 'arrived'
  | 'put-aside'
export type OutboxFact = { kind: OutboxFactKind; at: Ms; why: MailTrouble | null; detail: string | null }

/** Those that a person has to do something about. */
export const STUCK_STATES = ['unclear', 'refused', 'given-up', 'no-address'] as const
export type StuckState = (typeof STUCK_STATES)[number]
export type OutboxState = 'waiting' | 'sending' | 'settled' | StuckState

export type OutboxNow = {
  state: OutboxState
  since: Ms
  /** When it is sent next; only of what waits. */
  dueAt: Ms | null
  /** How often it has failed since somebody last asked for it. */
  failed: number
  why: MailTrouble | null
  detail: string | null
}

/** After each failure it waits longer: a server that is restarted is back within minutes, one that is moved within a day.
 * Then a person has to look. */
export const RETRY_AFTER: readonly Ms[] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR]

export function outboxNow(facts: readonly OutboxFact[], notBefore: Ms): OutboxNow {
  let now: OutboxNow = { state: 'waiting', since: notBefore, dueAt: notBefore, failed: 0, why: null, detail: null }
  for (const fact of facts) now = after(now, fact)
  return now
}

function after(before: OutboxNow, { kind, at, why, detail }: OutboxFact): OutboxNow {
  const next = { since: at, dueAt: null, failed: before.failed, why, detail }
  switch (kind) {
    case 'tried':
    case 'handed-over':
      return { ...before, state: 'sending', dueAt: null }
    case 'failed': {
      // That the desk was stopped says nothing about the mail.
      if (why === 'stopped') return { ...before, state: 'waiting', dueAt: at }
      const failed = before.failed + 1
      return { ...next, state: 'waiting', failed, dueAt: at + (RETRY_AFTER[failed - 1] ?? RETRY_AFTER.at(-1) ?? 0) }
    }
    case 'again':
      return { ...next, state: 'waiting', dueAt: at, failed: 0, why: null, detail: null }
    case 'unclear':
    case 'refused':
    case 'given-up':
    case 'no-address':
      return { ...next, state: kind }
    case 'sent':
    case 'arrived':
    case 'put-aside':
      return { ...next, state: 'settled' }
  }
}

/** Of a server that takes nothing from us no other mail is tried either. */
export function concernsServer(why: MailTrouble): boolean {
  switch (why) {
    case 'unreachable':
    case 'silent':
    case 'unsafe':
    case 'no-encryption':
    case 'password':
    case 'sender':
    case 'relay':
      return true
    case 'later':
    case 'address':
    case 'content':
    case 'unreadable':
    case 'stopped':
    case 'cut-off':
    case 'restored':
      return false
  }
}

/** How a failure is kept: as the last one where it was tried often enough. */
export function failureKind(before: OutboxNow, why: MailTrouble): 'failed' | 'given-up' {
  return why !== 'stopped' && before.failed >= RETRY_AFTER.length ? 'given-up' : 'failed'
}

/** What a desk that was stopped in the middle leaves behind; null where nothing is to be said. */
export function interrupted(facts: readonly OutboxFact[]): { kind: 'failed' | 'unclear'; why: MailTrouble } | null {
  const last = facts.at(-1)?.kind
  if (last === 'tried') return { kind: 'failed', why: 'stopped' }
  return last === 'handed-over' ? { kind: 'unclear', why: 'stopped' } : null
}
