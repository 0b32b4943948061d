// What is typed into the form of a person, and what the desk said of each field.
import { useMemo, useRef } from 'react'
import { create } from 'zustand'
import type { Refusal } from '../../preload/contract.ts'
import type { DetailChanges, FieldFaults, MemberDetails } from '../../preload/shapes-details.ts'
import { fieldsOf } from './deed.ts'

/** `lastName` where a space asks for it apart. */
export type Typed = { name: string; lastName: string; email: string; phone: string } & AllDetails
type AllDetails = { [K in keyof DetailChanges]-?: NonNullable<DetailChanges[K]> }
export type SetTyped = (news: Partial<Typed>) => void

export const NOTHING_TYPED: Typed = {
  name: '',
  lastName: '',
  email: '',
  phone: '',
  emergencyName: '',
  emergencyPhone: '',
  birthDate: '',
  guardianName: '',
  guardianPhone: '',
  guardianEmail: '',
  company: '',
  heard: '',
  notes: '',
  guardianSigns: true,
  guardianPays: true,
  guardianCalled: true,
}

/** Somebody new, half typed: kept while the page is elsewhere. */
export const useNewPerson = create<Typed>(() => NOTHING_TYPED)

export function nameOf({ name, lastName }: Typed): string {
  return `${name.trim()} ${lastName.trim()}`.trim()
}

export function typedFrom({ isMinor: _, ofAgeOn: __, signatures: ___, ...details }: MemberDetails): Typed {
  return { ...NOTHING_TYPED, ...details }
}

/** All but what has a place of its own. */
export function detailsIn({ name: _, lastName: __, email: ___, phone: ____, ...details }: Typed): AllDetails {
  return details
}

/** What the desk said of the form as it was sent, kept until it says something else. */
export function useSaid(refusal: Refusal | null): FieldFaults | null {
  return useMemo(() => fieldsOf(refusal), [refusal])
}

/** Of what was said that which still holds: a field that was changed since may be right now. */
export function useStanding(said: FieldFaults | null, typed: Typed): FieldFaults | null {
  const sent = useRef({ said, typed })
  if (sent.current.said !== said) sent.current = { said, typed }
  if (said === null) return null
  const before = sent.current.typed
  return Object.fromEntries(Object.entries(said).filter(([field]) => sameIn(field as keyof FieldFaults, before, typed)))
}

function sameIn(field: keyof FieldFaults, before: Typed, now: Typed): boolean {
  return before[field] === now[field] && (field !== 'name' || before.lastName === now.lastName)
}
