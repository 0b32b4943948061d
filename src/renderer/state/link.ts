// The one link of this page to the desk, and its state for whoever shows it.
import { create } from 'zustand'
import type { Args, CallName, Reply } from '../../preload/contract.ts'
import type { DeskLink, LinkState, Outcome } from '../../preload/wire.ts'

type LinkFacts = { state: LinkState; lostAt: number | null }

export const useLink = create<LinkFacts>(() => ({ state: 'connecting', lostAt: null }))

let link: DeskLink | null = null

export function holdLink(next: DeskLink): void {
  link = next
  next.onLink((state) => useLink.setState({ state, lostAt: state === 'lost' ? Date.now() : null }))
}

export function call<N extends CallName>(name: N, args: Args<N>): Promise<Outcome<Reply<N>>> {
  if (link === null) throw new Error(`Calling ${name} before the page holds a link to the desk`)
  return link.call(name, args)
}
