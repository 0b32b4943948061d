// The list of members as asked for: by standing, by who has no card yet, narrowed by what was typed.
import type { MemberRow } from '../../preload/shapes.ts'
import { type Reading, useSteadyReading } from './readings.ts'

export const STANDINGS = ['current', 'grace', 'pending', 'frozen', 'lapsed', 'ended'] as const
export type Show = MemberRow['standing'] | 'all' | 'without-card' | 'older-waiver'

export function showFrom(text: string | null): Show {
  return text === 'without-card' || text === 'older-waiver' ? text : (STANDINGS.find((word) => word === text) ?? 'all')
}

type MemberList = Reading<{ rows: MemberRow[]; total: number }>

export function useMemberList(show: Show, query: string, limit: number): MemberList {
  const text = query.trim() === '' ? {} : { query: query.trim() }
  const which =
    show === 'all'
      ? {}
      : show === 'without-card'
        ? { withoutCard: true }
        : show === 'older-waiver'
          ? { olderWaiver: true }
          : { standing: show }
  return useSteadyReading('members.list', { ...text, ...which, limit })
}
