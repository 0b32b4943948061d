// Finding out what is on a port: what the desk tells of the search that this page began.
import { create } from 'zustand'
import type { Refusal } from '../../preload/contract.ts'
import type { ReaderSearch } from '../../preload/shapes-readers.ts'
import { call } from './link.ts'

type Facts = {
  /** Ours; it may be told of before the desk has answered with it. */
  id: string | null
  told: ReaderSearch | null
  refusal: Refusal | null
}

const NONE: Facts = { id: null, told: null, refusal: null }

export const useReaderSearch = create<Facts>(() => NONE)

/** The search of this page, running or just over. */
export function ourSearch({ id, told }: Facts): ReaderSearch | null {
  return told !== null && told.id === id ? told : null
}

export function holdReaderSearch(told: ReaderSearch): void {
  useReaderSearch.setState({ told })
}

export async function beginReaderSearch(port: string): Promise<void> {
  useReaderSearch.setState(NONE)
  const outcome = await call('readers.find', { port })
  if (!outcome.ok) return useReaderSearch.setState({ refusal: outcome.refusal })
  const { told } = useReaderSearch.getState()
  const { id } = outcome.value
  useReaderSearch.setState({ id, told: told?.id === id ? told : outcome.value })
}

export async function learnFromPrinted(printed: string): Promise<void> {
  const { id } = useReaderSearch.getState()
  if (id === null) return
  const outcome = await call('readers.learn', { id, printed })
  useReaderSearch.setState(outcome.ok ? { told: outcome.value, refusal: null } : { refusal: outcome.refusal })
}

/** The port is free once this is done. */
export async function endReaderSearch(): Promise<void> {
  const { id } = useReaderSearch.getState()
  useReaderSearch.setState(NONE)
  if (id !== null) await call('readers.endFind', { id })
}
