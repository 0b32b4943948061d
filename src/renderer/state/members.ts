// The list of members as asked for: by standing, by who has no card yet, narrowed by what was typed.
import { useMemo } from 'react'
import type { MemberRow } from '../../preload/shapes.ts'
import { type Reading, useSteadyReading } from './readings.ts'

export const STANDINGS = ['current', 'grace', 'pending', 'frozen', 'lapsed', 'ended'] as const
export type Show = MemberRow['standing'] | 'all' | 'without-card'

export function showFrom(text: string | null): Show {
  return text === 'without-card' ? text : (STANDINGS.find((word) => word === text) ?? 'all')
}

type MemberList = Reading<{ rows: MemberRow[]; total: number }>

/** The desk has no list of people without a card yet, so this one is picked from those who may come in. */
export function useMemberList(show: Show, query: string, limit: number): MemberList {
  const text = query.trim() === '' ? {} : { query: query.trim() }
  const standing = show === 'all' ? {} : show === 'without-card' ? { standing: 'current' as const } : { standing: show }
  const without = show === 'without-card'
  const main = useSteadyReading('members.list', { ...text, ...standing, ...(without ? {} : { limit }) })
  const grace = useSteadyReading('members.list', without ? { ...text, standing: 'grace' } : null)
  return useMemo(() => {
    if (!without || main.value === null || grace.value === null) return without ? { ...main, value: null } : main
    const rows = [...main.value.rows, ...grace.value.rows]
      .filter(({ credentials }) => credentials.length === 0)
      .toSorted((a, b) => a.name.localeCompare(b.name))
    return { value: { rows: rows.slice(0, limit), total: rows.length }, refusal: main.refusal }
  }, [main, grace, without, limit])
}
