// What a simulated door makes of the desk's replies, and what became of one presentation.
import type { Asked } from './link-client.ts'

export type DoorAnswer =
  | { kind: 'answer'; grant: boolean; reason: string; openMs: number; receipt: string; listRev: number }
  /** The desk said no to the question itself: an unknown door, a text that is no card. */
  | { kind: 'refused'; error: string; detail: string }
  | { kind: 'unreachable'; why: string }
  /** The desk was silent, and the list that the controller holds decided. */
  | { kind: 'offline'; grant: boolean; reason: string }

export function answerOf(asked: Asked): DoorAnswer {
  if (asked.kind === 'silent') return { kind: 'unreachable', why: asked.why }
  if (asked.kind === 'refused') return asked
  const { status, json } = asked
  if (status !== 200) return { kind: 'refused', error: String(json.error), detail: String(json.detail ?? '') }
  return {
    kind: 'answer',
    // Anything but a plain yes keeps the door shut.
    grant: json.grant === true,
    reason: String(json.reason),
    openMs: Number(json.open_ms),
    receipt: String(json.receipt),
    listRev: Number(json.list_rev),
  }
}

/** The desk says nothing, or nothing that it vouches for, or that it cannot decide: time for the list. */
export function isSilence(asked: Asked): boolean {
  return asked.kind !== 'reply' || asked.status === 503
}

/** What the desk said with a signed 200; null for anything else. */
export function jsonOf(asked: Asked): Record<string, unknown> | null {
  return asked.kind === 'reply' && asked.status === 200 ? asked.json : null
}
