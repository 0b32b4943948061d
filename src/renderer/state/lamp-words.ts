// What a lamp shows of the state that the desk told: a tone, a word, and the sentence for whoever asks.
import type { Lamps } from '../../preload/shapes.ts'
import { saySpan } from '../format/moments.ts'
import { frameWords } from '../messages/frame-en.ts'

export type LampLook = { tone: 'good' | 'look' | 'bad' | 'busy' | 'off'; word: string; sentence: string }

/** While Latchkey itself is not reached, nothing is known of anything. */
export const unknownLamp: LampLook = {
  tone: 'off',
  word: frameWords.lampUnknown,
  sentence: frameWords.lampUnknownSentence,
}

export function stripeLamp({ sync }: Lamps, elapsedMs: number, locale: string): LampLook {
  const { phase, ageSeconds, error } = sync
  const age =
    ageSeconds === null ? frameWords.stripe.never : frameWords.ago(saySpan(ageSeconds * 1_000 + elapsedMs, locale))
  switch (phase) {
    case 'no-key':
    case 'stopped':
      return { tone: 'look', word: frameWords.stripe[phase], sentence: error ?? frameWords.stripeSentence[phase] }
    case 'failed':
      return { tone: 'bad', word: frameWords.stripe.failed, sentence: error ?? frameWords.stripeSentence.failed }
    case 'offline':
      return { tone: 'look', word: frameWords.stripe.offline, sentence: error ?? frameWords.stripeSentence.offline }
    case 'first-load':
      return { tone: 'busy', word: frameWords.stripe['first-load'], sentence: error ?? frameWords.lampFine }
    case 'syncing':
    case 'idle':
      return { tone: error === null ? 'good' : 'look', word: age, sentence: error ?? frameWords.stripeSentence.read }
  }
}

/** Whether the mirror was right when it was last compared with Stripe, and what could not be read. */
export function syncFacts({ drift, dead }: Lamps['sync']): string[] {
  return [frameWords.drift(drift), frameWords.dead(dead)]
}

export function readerLamp({ readers }: Lamps): LampLook {
  const [first] = readers
  if (first === undefined) {
    return { tone: 'look', word: frameWords.readerNone, sentence: frameWords.readerNoneSentence }
  }
  const amiss = readers.find(({ state }) => state !== 'ready' && state !== 'starting')
  if (amiss !== undefined) {
    return {
      tone: 'bad',
      word: frameWords.reader[amiss.state],
      sentence: amiss.sentence ?? frameWords.reader[amiss.state],
    }
  }
  const starting = readers.find(({ state }) => state === 'starting')
  if (starting !== undefined) {
    return { tone: 'busy', word: frameWords.reader.starting, sentence: starting.sentence ?? frameWords.lampFine }
  }
  return { tone: 'good', word: frameWords.reader.ready, sentence: frameWords.lampFine }
}

export function doorsLamp({ doors }: Lamps): LampLook {
  if (doors.length === 0) {
    return { tone: 'look', word: frameWords.doorsNone, sentence: frameWords.doorsNoneSentence }
  }
  const silent = doors.filter(({ online }) => !online)
  const word = frameWords.doorsOf(doors.length - silent.length, doors.length)
  const behind = doors.filter(({ device }) => device !== null && device.toRemove > 0)
  if (silent.length === 0 && behind.length > 0)
    return { tone: 'look', word, sentence: frameWords.doorsBehind(behind.map(({ name }) => name).join(', ')) }
  return silent.length === 0
    ? { tone: 'good', word, sentence: frameWords.lampFine }
    : { tone: 'bad', word, sentence: frameWords.doorsSilent(silent.map(({ name }) => name).join(', ')) }
}
