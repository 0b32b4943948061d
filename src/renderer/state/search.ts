// The one search box: what was typed, what was found. An older answer never replaces a newer one.
import { create } from 'zustand'
import type { MemberRow } from '../../preload/shapes.ts'
import { call } from './link.ts'

const PAUSE_MS = 60

type SearchFacts = {
  text: string
  /** Null: not asked yet. */
  hits: MemberRow[] | null
  /** What the hits belong to. */
  foundFor: string
  sentence: string | null
}

const CLEARED: SearchFacts = { text: '', hits: null, foundFor: '', sentence: null }

export type Search = ReturnType<typeof createSearch>

/** One for the top bar, one for each dialog that looks for a person. */
export function createSearch() {
  const useSearch = create<SearchFacts>(() => CLEARED)
  let ticket = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(text: string, mine: number): Promise<void> {
    const outcome = await call('members.search', { text })
    if (mine !== ticket) return
    if (outcome.ok) useSearch.setState({ hits: outcome.value, foundFor: text, sentence: null })
    else useSearch.setState({ hits: [], foundFor: text, sentence: outcome.refusal.sentence })
  }

  return {
    useSearch,
    type(text: string): void {
      ticket += 1
      clearTimeout(timer)
      const wanted = text.trim()
      if (wanted === '') return useSearch.setState({ ...CLEARED, text })
      useSearch.setState({ text })
      const mine = ticket
      timer = setTimeout(() => void ask(wanted, mine), PAUSE_MS)
    },
    clear(): void {
      ticket += 1
      clearTimeout(timer)
      useSearch.setState(CLEARED)
    },
  }
}
