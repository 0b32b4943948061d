// Opens a reader and keeps everything that it tells, in order.
import type {
  Reader,
  ReaderEvents,
  ReaderOptions,
  ReaderProfile,
  ReaderRead,
  ReaderReject,
  ReaderState,
} from '../../hardware/driver.ts'
import { readCardInForm } from '../../src/main/domain/card-identity.ts'

export type Recorded = {
  reader: Reader
  reads: ReaderRead[]
  rejected: ReaderReject[]
  states: ReaderState[]
  /** The kind of the last state that was told. */
  state(): ReaderState['kind'] | undefined
  sentence(): string
}

/** `more`: settings, and where the device is to be looked for. */
export function openRecorded(
  profile: ReaderProfile,
  path: string,
  now: () => number = Date.now,
  more: Partial<ReaderOptions> = {},
): Recorded {
  const reads: ReaderRead[] = []
  const rejected: ReaderReject[] = []
  const states: ReaderState[] = []
  const events: ReaderEvents = {
    read: (read) => reads.push(read),
    rejected: (reject) => rejected.push(reject),
    state: (state) => states.push(state),
  }
  const state = () => states.at(-1)
  return {
    reader: profile.open({ path, now, events, readCard: readCardInForm, ...more }),
    reads,
    rejected,
    states,
    state: () => state()?.kind,
    sentence: () => {
      const last = state()
      return last && 'sentence' in last ? last.sentence : ''
    },
  }
}
