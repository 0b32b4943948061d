// What was to be told and is not settled: what waits, and what a person has to do something about.
import type { Args, Reply } from '../../preload/contract.ts'
import type { MailAction, OutboxItem } from '../../preload/shapes-mail.ts'
import { outboxWords, mailRefusals as refusals, stuckSentence } from '../domain/mail-en.ts'
import { type OutboxFactKind, type OutboxNow, outboxNow, type StuckState } from '../domain/outbox.ts'
import { sayMoment } from '../domain/say.ts'
import { toIso } from '../domain/time.ts'
import { addressOf, insertOutboxFact, type OpenRow, openOutbox, openOutboxRow, personOf } from '../store/outbox.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { tellOfPeople } from './tell-of-people.ts'

/** Those that a person has to do something about first, then the rest; of each the oldest first. */
export function listOutbox(deps: ReadDeps): OutboxItem[] {
  const items = openOutbox(deps.desk).map((row) => itemOf(deps, row))
  return items.toSorted((a, b) => Number(a.state === 'waiting') - Number(b.state === 'waiting'))
}

export function countOutbox(deps: ReadDeps): { waiting: number; dead: number } {
  const states = openOutbox(deps.desk).map((row) => stuckOf(outboxNow(row.facts, row.notBefore)))
  const dead = states.filter((state) => state !== null).length
  return { waiting: states.length - dead, dead }
}

function itemOf(deps: ReadDeps, row: OpenRow): OutboxItem {
  const now = outboxNow(row.facts, row.notBefore)
  const address = addressOf(deps.desk, row)?.address ?? null
  const stuck = stuckOf(now)
  return {
    id: row.id,
    kind: row.notice.kind,
    state: stuck ?? 'waiting',
    action: stuck === null ? null : actionOf(stuck, address !== null),
    since: toIso(now.since),
    member: personOf(deps.desk, row),
    to: address,
    sentence: openSentence(deps, row, now),
    detail: now.detail,
  }
}

/** Of what is not settled: what happened, then what to do. */
export function openSentence(deps: ReadDeps, row: OpenRow, now: OutboxNow): string {
  const { kind } = row.notice
  const who = row.recipient ?? personOf(deps.desk, row)?.name ?? ''
  const stuck = stuckOf(now)
  if (stuck === 'no-address' && addressOf(deps.desk, row) !== null) return outboxWords.reachable(kind, who)
  if (stuck !== null) return stuckSentence(stuck, kind, who, now.why)
  return now.why !== null && now.dueAt !== null
    ? outboxWords.again(kind, who, now.why, sayMoment(now.dueAt, voiceOf(deps)))
    : outboxWords.waiting(kind, who)
}

function actionOf(state: StuckState, reachable: boolean): MailAction {
  if (state === 'unclear') return 'ask-whether-arrived'
  return state === 'no-address' && !reachable ? 'told-at-desk' : 'send-mail-again'
}

export function stuckOf({ state }: OutboxNow): StuckState | null {
  return state === 'waiting' || state === 'sending' || state === 'settled' ? null : state
}

/** Sends it again, to where its person is reached now. */
export function retryOutbox(deps: DeskDeps, { id }: Args<'outbox.retry'>): Result<Reply<'outbox.retry'>> {
  const row = openOutboxRow(deps.desk, id)
  if (row === null) return refuse('not-found', refusals.settled)
  if (outboxNow(row.facts, row.notBefore).state === 'sending') return refuse('busy', refusals.sending)
  if (addressOf(deps.desk, row) === null)
    return refuse('wrong-state', refusals.noAddress(personOf(deps.desk, row)?.name ?? ''))
  return settle(deps, row, 'again')
}

/** `arrived`: somebody says that a mail of which it was not clear did. */
export function putOutboxAside(
  deps: DeskDeps,
  { id, arrived }: Args<'outbox.putAside'>,
): Result<Reply<'outbox.putAside'>> {
  const row = openOutboxRow(deps.desk, id)
  if (row === null) return refuse('not-found', refusals.settled)
  const { state } = outboxNow(row.facts, row.notBefore)
  if (state === 'sending') return refuse('busy', refusals.sending)
  if (arrived === true && state !== 'unclear') return refuse('wrong-state', refusals.notUnclear)
  return settle(deps, row, arrived === true ? 'arrived' : 'put-aside')
}

const ACTIONS = { again: 'mail-again', arrived: 'mail-arrived', 'put-aside': 'mail-put-aside' } as const

function settle(deps: DeskDeps, row: OpenRow, kind: OutboxFactKind & keyof typeof ACTIONS): Result<{ ok: true }> {
  const { db, newId, operator, mail } = deps.live
  db.transaction(() => {
    insertOutboxFact(db, { id: newId(), outboxId: row.id, kind, at: deps.now(), origin: deps.deskId, operator })
    recordAction(deps, ACTIONS[kind], row.memberId ?? row.id, { mail: row.id, what: row.notice.kind })
  }).immediate()
  mail.wake()
  tellOfPeople(deps)
  return done({ ok: true })
}
