// What the sandbox keeps of schedules by which subscriptions change.
import type { Seconds } from './calendar.ts'
import type { Base, Metadata } from './record-parts.ts'

/** What a subscription is for from one moment to another; the next phase begins where this one ends. */
export type PhaseRecord = {
  start: Seconds
  end: Seconds
  items: { price: string; quantity: number; metadata: Metadata }[]
  /** How the change into it is billed. */
  proration: 'create_prorations' | 'none' | 'always_invoice'
}

export type ScheduleRecord = Base & {
  customer: string
  /** Null once it has let go of it: then `released` names it. */
  subscription: string | null
  released: string | null
  status: 'active' | 'canceled' | 'completed' | 'released'
  phases: PhaseRecord[]
  /** Which of the phases holds now. */
  current: number
  endBehavior: 'release' | 'cancel'
  canceledAt: Seconds | null
  completedAt: Seconds | null
  releasedAt: Seconds | null
  metadata: Metadata
}
