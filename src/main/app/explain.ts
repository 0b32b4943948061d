// "What would this door say to this card, and why": the decision itself, recorded nowhere.

import type { Explanation } from '../../preload/shapes-doors.ts'
import { isCardForm, readCard } from '../domain/card-identity.ts'
import { decide } from '../domain/decide.ts'
import { type DoorSnapshot, receiptInputs } from '../domain/receipt.ts'
import { readMoment, SECOND } from '../domain/time.ts'
import { doorRulesThen } from '../store/door-rules.ts'
import { readDoorSnapshot } from '../store/door-snapshot.ts'
import { type Door, doorById } from '../store/doors.ts'
import { readSettings } from '../store/settings.ts'
import { unknownForm } from './card-text.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'
import { sentenceFor } from './sentences.ts'

export function explain(
  deps: ReadDeps,
  asked: { door: string; card: string; form?: string | undefined; at?: string | undefined },
): Result<Explanation> {
  const door = doorById(deps.desk, asked.door)
  if (door === null) return refuse('not-found', `There is no door "${asked.door}": \`latchkey door list\` shows them.`)
  const form = asked.form ?? formAt(door, asked.card)
  if (form !== undefined && !isCardForm(form)) return unknownForm(form)
  const at = asked.at === undefined ? deps.now() : readMoment(asked.at, readSettings(deps.desk).timeZone, 'start')
  if (at === null) return refuse('bad-request', `"${asked.at}" is not a moment: write it like 2026-11-20T18:00:00Z.`)

  const shown = { text: asked.card, form }
  const snapshot =
    at < deps.now()
      ? asKnownThen(readDoorSnapshot(deps, door, shown, at, doorRulesThen))
      : readDoorSnapshot(deps, door, shown, at)
  const decision = decide(snapshot.input)
  const receipt = receiptInputs(snapshot, decision)
  const reading = readCard(asked.card, form)
  const { freshSince } = snapshot.input
  return done({
    grant: decision.grant,
    reason: decision.reason,
    detail: decision.detail,
    rule: decision.rule,
    inputs: { ...receipt, ...(reading.ok ? {} : { unreadable: reading.why }) },
    billingAgeSeconds: freshSince === null ? null : Math.max(0, Math.round((at - freshSince) / SECOND)),
    sentence: sentenceFor(deps, {
      ...decision,
      receipt,
      tense: 'ahead',
      memberId: snapshot.memberId,
      doorName: door.name,
      canonical: snapshot.canonical,
      cardText: asked.card,
      credential: snapshot.credential,
      at,
    }),
  })
}

/** Before anything was recorded of it, a card was nobody's that the door knew of. */
function asKnownThen(snapshot: DoorSnapshot): DoorSnapshot {
  const { credential, input } = snapshot
  const isNew = credential !== null && credential.since === null && credential.label === null
  return isNew ? { ...snapshot, input: { ...input, card: 'unknown' }, credential: null } : snapshot
}

/** People type an identity as lists show it, whatever form the door's own reader has. */
function formAt({ format }: Door, card: string): string | undefined {
  return format !== null && readCard(card, 'canonical').ok ? 'canonical' : (format ?? undefined)
}
