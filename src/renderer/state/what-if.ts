// The rule that is being tried on past swipes: how far it is, and what came out. It goes on while another part is on screen.
import { create } from 'zustand'
import type { Refusal } from '../../preload/contract.ts'
import type { RuleChangeAsked, WhatIf } from '../../preload/shapes-what-if.ts'
import type { DeskLink } from '../../preload/wire.ts'
import { call } from './link.ts'

export type Tried = { days: number; change: RuleChangeAsked }

type Facts = {
  /** Of the one that runs; null where none does. */
  id: string | null
  progress: { done: number; of: number } | null
  tried: Tried | null
  result: WhatIf | null
  refusal: Refusal | null
}

const NOTHING: Facts = { id: null, progress: null, tried: null, result: null, refusal: null }

export const useWhatIf = create<Facts>(() => NOTHING)

export async function tryRule(tried: Tried): Promise<void> {
  const id = crypto.randomUUID()
  useWhatIf.setState({ ...NOTHING, id, tried })
  const outcome = await call('whatIf.replay', { id, ...tried })
  if (useWhatIf.getState().id !== id) return
  useWhatIf.setState({
    id: null,
    progress: null,
    ...(outcome.ok ? { result: outcome.value } : { refusal: outcome.refusal }),
  })
}

export async function stopTrying(): Promise<void> {
  useWhatIf.setState({ id: null, progress: null })
  await call('whatIf.stop', {})
}

export function followWhatIf(link: DeskLink): void {
  link.on('report.progress', ({ id, done, of }) => {
    if (useWhatIf.getState().id === id) useWhatIf.setState({ progress: { done, of } })
  })
}
