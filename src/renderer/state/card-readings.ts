// The ways in which an ambiguous card number can be read, where the desk lists them with its refusal.
import type { Refusal } from '../../preload/contract.ts'

/** `known`: it is a card of ours. */
export type CardReading = { form: string; canonical: string; known?: boolean }

export function readingsIn(refusal: Refusal | null): CardReading[] {
  const detail = refusal?.detail
  return Array.isArray(detail) ? detail.filter(isReading) : []
}

function isReading(value: unknown): value is CardReading {
  const { form, canonical } = (value ?? {}) as Partial<CardReading>
  return typeof form === 'string' && typeof canonical === 'string'
}
