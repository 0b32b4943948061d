// The lamps as last told, and the desk's present moment: its clock may run ahead of this computer's (demo).
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { Lamps } from '../../preload/shapes.ts'

type LampFacts = { lamps: Lamps | null; toldAt: number }

export const useLamps = create<LampFacts>(() => ({ lamps: null, toldAt: 0 }))

export function holdLamps(lamps: Lamps): void {
  useLamps.setState({ lamps, toldAt: performance.now() })
}

/** Milliseconds since the lamps were told. */
export function sinceTold(): number {
  return performance.now() - useLamps.getState().toldAt
}

export function deskNow(): number {
  const { lamps } = useLamps.getState()
  return lamps === null ? Date.now() : Date.parse(lamps.now) + sinceTold()
}

/** The desk's present moment, told again every so many milliseconds. */
export function useDeskNow(everyMs: number): number {
  const [now, setNow] = useState(deskNow)
  const toldAt = useLamps((facts) => facts.toldAt)
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lamps bring a new present.
  useEffect(() => {
    setNow(deskNow())
    const timer = setInterval(() => setNow(deskNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, toldAt])
  return now
}
