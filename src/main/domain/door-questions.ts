// What the desk asks of the door thread, and what that tells of the devices at doors.
import type { Reason } from './reasons.ts'

/** `silent`: it does not answer; `none`: there is no such device. */
export type DeviceOutcome = 'done' | 'silent' | 'none'

/** Milliseconds. */
export type AnswerTimes = { count: number; p50: number; p99: number }

/** `clockOff` is its clock less ours, in milliseconds; `trouble` a sentence. */
export type DeviceState = {
  doorId: string
  online: boolean
  trouble: string | null
  firmware?: string
  clockOff?: number
}

export type DoorQuestion =
  | { what: 'read' | 'open' | 'times'; doorId: string }
  | { what: 'present'; doorId: string; card: string }

export type DoorReplies = {
  /** All that the device holds was read anew. */
  read: DeviceOutcome
  open: DeviceOutcome
  times: AnswerTimes | null
  present: { grant: boolean; reason: Reason } | null
}

/** Null where the thread is gone or does not answer in time. */
export type AskDoors = <Q extends DoorQuestion>(question: Q) => Promise<DoorReplies[Q['what']] | null>
