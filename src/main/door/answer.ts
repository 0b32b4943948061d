// One presentation at one door: snapshot, decision, row of the log, answer (flow 1). Presentations that arrive together
// share one durable transaction; no answer leaves before its row is on disk.
import { randomUUID } from 'node:crypto'
import type { CardForm } from '../domain/card-identity.ts'
import { decide } from '../domain/decide.ts'
import type { Reason } from '../domain/reasons.ts'
import { receiptInputs } from '../domain/receipt.ts'
import { type Ms, SECOND, toLocal } from '../domain/time.ts'
import { appendCheck, appendDecision, findPresentation } from '../store/access-log.ts'
import { take } from '../store/counted.ts'
import { listRevision } from '../store/door-list.ts'
import { readDoorSnapshot } from '../store/door-snapshot.ts'
import type { Door } from '../store/doors.ts'
import type { ReadDb, WriteDb } from '../store/open.ts'

/** How long the same presentation gets its recorded answer (docs/door-link.md, "check"). */
export const REPEAT_WINDOW = 60 * SECOND

export type Presentation = { id: string; card: string; format: CardForm | undefined }

export type DoorAnswer = { grant: boolean; reason: Reason; open_ms: number; receipt: string; list_rev: number }

export type Answered =
  | {
      kind: 'answer'
      answer: DoorAnswer
      recorded: { seq: number; at: Ms; memberId: string | null; canonical: string | null } | null
    }
  | { kind: 'conflict'; detail: string }

export type AnswerDeps = { desk: ReadDb; access: WriteDb; deskId: string; now: () => Ms }

/** Decides and records in the caller's transaction on access.db; `recorded` is null for a repeated presentation. */
function answerPresentation(
  { desk, access, deskId, now }: AnswerDeps,
  door: Door,
  presentation: Presentation,
  append: typeof appendCheck,
): Answered {
  const at = now()
  const earlier = findPresentation(access, door.id, presentation.id)
  if (earlier !== null) {
    // First: later on it may not be known any more for which card.
    if (Math.abs(at - earlier.at) > REPEAT_WINDOW)
      return { kind: 'conflict', detail: 'this id is older than 60 s: use a new one' }
    if (earlier.cardText !== presentation.card) return { kind: 'conflict', detail: 'this id was used for another card' }
    return { kind: 'answer', answer: earlier.answer as DoorAnswer, recorded: null }
  }
  const snapshot = readDoorSnapshot({ desk, access }, door, { text: presentation.card, form: presentation.format }, at)
  const decision = decide(snapshot.input)
  const answer: DoorAnswer = {
    grant: decision.grant,
    reason: decision.reason,
    open_ms: decision.grant ? door.openMs : 0,
    receipt: randomUUID(),
    list_rev: listRevision(access, door.id, snapshot.revision, at),
  }
  const { memberId, canonical } = snapshot
  const goesThrough = memberId !== null && decision.grant
  const seq = append(access, deskId, {
    at,
    doorId: door.id,
    presentationId: presentation.id,
    cardText: presentation.card,
    canonical,
    memberId,
    granted: decision.grant,
    reason: decision.reason,
    detail: decision.detail,
    receipt: answer.receipt,
    rule: decision.rule,
    inputs: receiptInputs(snapshot, decision),
    answer,
    isNobodys: snapshot.credential === null,
    inside: goesThrough ? door.direction !== 'out' : null,
  })
  if (goesThrough && decision.takes !== null)
    take(access, decision.takes, { memberId, seq, day: toLocal(at, snapshot.input.policy.zone).day.date })
  return { kind: 'answer', answer, recorded: { seq, at, memberId, canonical } }
}

/** `ready` is called once it is decided and before its row is on disk, so that nothing is left to work out afterwards; what it
 * makes of the answer is told only when the row is. */
export type Answerer = <T>(door: Door, presentation: Presentation, ready: (answered: Answered) => T) => Promise<T>

/** More at once go straight into the log: the pages that the tail spares are then too few to write every row twice. */
const FEW = 8

/** Collects the presentations of one turn of the event loop into one commit: six times the rate, no cost to a single one. */
export function createAnswerer(deps: AnswerDeps): Answerer {
  type Waiting = {
    door: Door
    presentation: Presentation
    ready: (answered: Answered) => unknown
    resolve: (made: unknown) => void
    reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  const answerAll = deps.access.transaction((batch: readonly Waiting[]) =>
    batch.map(({ door, presentation, ready }) =>
      ready(answerPresentation(deps, door, presentation, batch.length > FEW ? appendDecision : appendCheck)),
    ),
  )
  const inOneMoment = deps.desk.transaction((batch: readonly Waiting[]) => answerAll.immediate(batch))

  function flush(): void {
    const batch = waiting
    waiting = []
    try {
      const made = inOneMoment(batch)
      for (const [index, { resolve }] of batch.entries()) resolve(made[index])
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  return <T>(door: Door, presentation: Presentation, ready: (answered: Answered) => T) =>
    new Promise<unknown>((resolve, reject) => {
      if (waiting.push({ door, presentation, ready, resolve, reject }) === 1) setImmediate(flush)
    }) as Promise<T>
}
