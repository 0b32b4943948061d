// "What is on this port?": one port at a time is listened to, for a minute from the last card, and screens hear of it.
import type { ReaderGuess, ReaderSearch } from '../../preload/shapes-readers.ts'
import { shortForm } from '../domain/card-identity.ts'
import type { NewId } from '../domain/ids.ts'
import { bestFits } from '../domain/printed-number.ts'
import type { ReaderSettings } from '../domain/reader-settings.ts'
import { readerSearchWords as words } from '../domain/readers-en.ts'
import { type Ms, SECOND, toIso } from '../domain/time.ts'
import type { ListenToPort, ReaderHardware } from './reader-bench.ts'
import { done, type Result, refuse } from './result.ts'

const TIME = 60 * SECOND
/** Bursts on the screen. */
const SHOWN = 6

type Found = { profile: string; settings: ReaderSettings; card: string }

export type ReaderSearchDesk = {
  begin(port: string): Result<ReaderSearch>
  learn(id: string, printed: string): Result<ReaderSearch>
  /** True where it was meant for us. */
  typed(text: string): boolean
  end(id: string): Promise<void>
  stop(): Promise<void>
}

export type ReaderSearchDeps = {
  now: () => Ms
  newId: NewId
  readers: { hardware: Pick<ReaderHardware, 'listen' | 'profiles'>; states(): { port: string }[] }
  push: (search: ReaderSearch) => void
}

type Current = {
  search: ReaderSearch
  found: Found[]
  listener: ReturnType<ListenToPort> | null
  timer: NodeJS.Timeout
}

export function createReaderSearch(deps: ReaderSearchDeps): ReaderSearchDesk {
  const { readers } = deps
  const aboutOf = (name: string) => readers.hardware.profiles.find((profile) => profile.name === name)?.about ?? name
  let current: Current | null = null
  /** The port of the one before is free again. */
  let closing = Promise.resolve()

  const show = (mine: Current, change: Partial<ReaderSearch>): ReaderSearch => {
    mine.search = { ...mine.search, ...change }
    if (current === mine) deps.push(mine.search)
    return mine.search
  }
  const end = (mine: Current, sentence: string): Promise<void> => {
    if (current !== mine) return closing
    clearTimeout(mine.timer)
    show(mine, { state: 'ended', sentence })
    current = null
    closing = (mine.listener?.close() ?? Promise.resolve()).then(() => undefined)
    return closing
  }
  const wait = (mine: Current): string => {
    clearTimeout(mine.timer)
    mine.timer = setTimeout(() => void end(mine, words.timeOver), TIME)
    return toIso(deps.now() + TIME)
  }
  const guesses = (found: readonly Found[]): ReaderGuess[] =>
    found.map((one) => ({ ...one, about: aboutOf(one.profile), short: shortForm(one.card) }))

  const listen = (mine: Current, port: string) =>
    readers.hardware.listen(port, {
      heard({ at, hex, text, found }) {
        if (current !== mine) return
        const heard = [{ at: toIso(at), hex, text }, ...mine.search.heard].slice(0, SHOWN)
        if (found.length === 0) return void show(mine, { heard, until: wait(mine), sentence: words.notUnderstood })
        mine.found = found as Found[]
        show(mine, { heard, until: wait(mine), guesses: guesses(mine.found), sentence: words.found(found.length) })
      },
      state(state, { asking, baud }) {
        if (current !== mine) return
        if (asking) show(mine, { state: 'asking', sentence: words.asking })
        else if ('sentence' in state) show(mine, { state: 'trouble', sentence: state.sentence })
        else if (state.kind === 'ready') show(mine, { state: 'listening', sentence: words.listening(port, baud) })
      },
    })

  return {
    begin(given) {
      const port = given.trim()
      if (port === '') return refuse('bad-request', words.noPort)
      if (current !== null) return refuse('busy', words.busy(current.search.port))
      if (readers.states().some((reader) => reader.port === port)) return refuse('taken', words.inUse(port))
      const mine: Current = {
        search: { id: deps.newId(), port, until: '', state: 'asking', sentence: words.opening, heard: [], guesses: [] },
        found: [],
        listener: null,
        timer: setTimeout(() => undefined, 0),
      }
      current = mine
      mine.search.until = wait(mine)
      void closing.then(() => {
        if (current === mine) mine.listener = listen(mine, port)
      })
      return done(mine.search)
    },
    learn(id, printed) {
      if (current?.search.id !== id) return refuse('wrong-state', words.over)
      if (current.found.length === 0) return refuse('wrong-state', words.nothingYet)
      const best = bestFits(current.found, printed)
      if (best.length === 0) return refuse('unreadable', words.doesNotFit)
      return done(show(current, { until: wait(current), guesses: guesses(best), sentence: words.fits(best.length) }))
    },
    typed(text) {
      if (current?.listener == null || current.search.port !== 'keyboard') return false
      current.listener.typed(text)
      return true
    },
    end: async (id) => (current?.search.id === id ? end(current, words.ended) : undefined),
    stop: async () => (current === null ? closing : end(current, words.ended)),
  }
}
