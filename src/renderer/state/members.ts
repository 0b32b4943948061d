// The list of members as asked for: by standing, by who has no card yet, narrowed by what was typed.
import type { MemberRow } from '../../preload/shapes.ts'
import { type Reading, useSteadyReading } from './readings.ts'

export const STANDINGS = ['current', 'grace', 'pending', 'frozen', 'lapsed', 'ended'] as const
/** Beside standings: what is asked of the desk for each. */
const LISTS = {
  all: {},
  'without-card': { withoutCard: true },
  'older-waiver': { olderWaiver: true },
  'unruled-minors': { unruledMinors: true },
} as const
type List = keyof typeof LISTS
export type Show = MemberRow['standing'] | List

const isList = (text: string): text is List => Object.hasOwn(LISTS, text)

export function showFrom(text: string | null): Show {
  return text !== null && isList(text) ? text : (STANDINGS.find((word) => word === text) ?? 'all')
}

type MemberList = Reading<{ rows: MemberRow[]; total: number }>

export function useMemberList(show: Show, query: string, limit: number): MemberList {
  const text = query.trim() === '' ? {} : { query: query.trim() }
  const which = isList(show) ? LISTS[show] : { standing: show }
  return useSteadyReading('members.list', { ...text, ...which, limit })
}
