// What a use case answers: a value, or a refusal from the contract's closed list.
import type { Refusal } from '../../preload/contract.ts'

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

export function done<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** One plain sentence that says what to do; the code is from the contract's closed list. */
export function refuse(code: Refusal['code'], sentence: string, detail?: unknown): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: detail === undefined ? { code, sentence } : { code, sentence, detail } }
}
