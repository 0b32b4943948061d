// "Present the card now": one enrolment at a time owns the readers, for 60 s, and says how it went.

import type { CardRow, Enrolment } from '../../preload/shapes.ts'
import type { NewId } from '../domain/ids.ts'
import { type Ms, SECOND, toIso } from '../domain/time.ts'
import type { Result } from './result.ts'

export const ENROLMENT_TIME = 60 * SECOND

export type Enrolments = {
  begin(member: { id: string; name: string }): Enrolment | null
  cancel(id: string): void
  /** Whether somebody waits for a card. */
  isWaiting(): boolean
  /** A card was read at the desk: enrols it if somebody waits for one. */
  onRead(canonical: string): void
  /** A reader came or went. */
  onReaders(): void
}

export type EnrolmentDeps = {
  now: () => Ms
  newId: NewId
  readerReady: () => boolean
  enrol: (memberId: string, canonical: string) => Result<CardRow>
  push: (enrolment: Enrolment) => void
}

export function createEnrolments(deps: EnrolmentDeps): Enrolments {
  let current: Enrolment | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  function settle(change: Partial<Enrolment>): void {
    if (current === null) return
    const settled = { ...current, ...change }
    if (timer !== null) clearTimeout(timer)
    current = null
    deps.push(settled)
  }

  return {
    begin(member) {
      if (current !== null) return null
      current = {
        id: deps.newId(),
        member,
        until: toIso(deps.now() + ENROLMENT_TIME),
        state: 'waiting',
        sentence: null,
        card: null,
        readerReady: deps.readerReady(),
      }
      timer = setTimeout(
        () => settle({ state: 'timed-out', sentence: 'No card was presented within a minute.' }),
        ENROLMENT_TIME,
      )
      return current
    },
    isWaiting: () => current !== null,
    cancel(id) {
      if (current?.id === id) settle({ state: 'cancelled' })
    },
    onRead(canonical) {
      if (current === null) return
      const enrolled = deps.enrol(current.member.id, canonical)
      if (enrolled.ok) settle({ state: 'done', card: enrolled.value, sentence: null })
      else settle({ state: 'refused', sentence: enrolled.refusal.sentence })
    },
    onReaders() {
      if (current === null || current.readerReady === deps.readerReady()) return
      current = { ...current, readerReady: deps.readerReady() }
      deps.push(current)
    },
  }
}
