// The five lists as one kind of row: who, why, when, a figure, how to reach them, what to do next.
import { useState } from 'react'
import type { Refusal } from '../../../preload/contract.ts'
import type { NextAction } from '../../../preload/shapes-worklists.ts'
import { sayMonth } from '../../format/moments.ts'
import { sayCount, sayMoney } from '../../format/money.ts'
import { worklistWords as words } from '../../messages/worklists-en.ts'
import { useSteadyReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

export const LISTS = ['weekend', 'entering', 'idle', 'recovered', 'expiring'] as const
export type ListName = (typeof LISTS)[number]

export type WorkRow = {
  id: string
  member: { id: string; name: string }
  /** Beside the name. */
  about: string
  sentence: string
  /** Beside the sentence: something that may be otherwise. */
  mark: string | null
  at: string
  as: 'moment' | 'day'
  /** Null where it is not to be told. */
  figure: string | null
  contact: { email: string | null; phone: string | null } | null
  next: NextAction | null
}

export type Shown = {
  asOf: string
  total: number
  rows: WorkRow[]
  /** How many and how much of what, in words. */
  sum: string
  definition: string
  notes: string[]
  /** Why nothing can be told; null where it can. */
  notYet: string | null
}

type Lists = Record<ListName, { shown: Shown | null; refusal: Refusal | null }> & {
  more: () => void
  /** As many as can be printed. */
  whole: () => void
}

export const STEP = 100
/** More than this is no list to work through on paper; the file has all of it. */
export const MOST = 2_000

/** All of them at once: the switch says how many stand in each. */
export function useWorklists(): Lists {
  const { locale } = useVoice()
  const [limit, setLimit] = useState(STEP)
  const weekend = useSteadyReading('worklists.weekend', { limit })
  const leaks = useSteadyReading('worklists.leaks', { limit })
  const recovered = useSteadyReading('worklists.recovered', { limit })
  const expiring = useSteadyReading('worklists.expiring', { limit })
  const count = (say: (shown: string, count: number) => string, of: number) => say(sayCount(of, locale), of)
  const money = (sum: { minor: number; currency: string }) => sayMoney(sum, locale)
  const hidden = (of: number) => (of === 0 ? [] : [count(words.hidden, of)])
  const plain = { notes: [], notYet: null }
  return {
    more: () => setLimit(limit + STEP),
    whole: () => setLimit(MOST),
    weekend: {
      refusal: weekend.refusal,
      shown: weekend.value && {
        ...plain,
        total: weekend.value.total,
        definition: weekend.value.definition,
        asOf: weekend.value.asOf,
        sum: joined([
          count(words.people, weekend.value.total),
          weekend.value.certain < weekend.value.total && words.certain(sayCount(weekend.value.certain, locale)),
          weekend.value.owed.length > 0 && words.toCollect(weekend.value.owed.map(money).join(words.and)),
        ]),
        rows: weekend.value.rows.map(({ kind, visits, owed, at, ...row }) => ({
          ...row,
          about: owed === null ? '' : words.owed(money(owed)),
          mark: kind === 'may' ? words.may : null,
          at,
          as: 'moment',
          figure: visits === null ? null : sayCount(visits, locale),
        })),
      },
    },
    entering: {
      refusal: leaks.refusal,
      shown: leaks.value && {
        ...leaks.value.entering,
        asOf: leaks.value.asOf,
        notYet: null,
        notes: hidden(leaks.value.entering.hidden),
        sum: count(words.people, leaks.value.entering.total),
        rows: leaks.value.entering.rows.map(({ lastAt, times, ...row }) => ({
          ...row,
          about: '',
          mark: null,
          at: lastAt,
          as: 'moment',
          figure: sayCount(times, locale),
        })),
      },
    },
    idle: {
      refusal: leaks.refusal,
      shown: leaks.value && {
        ...leaks.value.idle,
        asOf: leaks.value.asOf,
        notes: hidden(leaks.value.idle.hidden),
        sum: joined([
          count(words.memberships, leaks.value.idle.total),
          leaks.value.idle.perMonth.length > 0 && words.aMonth(leaks.value.idle.perMonth.map(money).join(words.and)),
        ]),
        rows: leaks.value.idle.rows.map(({ plan, since, perMonth, ...row }) => ({
          ...row,
          about: plan,
          mark: null,
          at: since,
          as: 'day',
          figure: perMonth === null ? '' : money(perMonth),
        })),
      },
    },
    recovered: {
      refusal: recovered.refusal,
      shown: recovered.value && {
        ...plain,
        total: recovered.value.total,
        definition: recovered.value.definition,
        asOf: recovered.value.until,
        sum: joined([
          count(words.payments, recovered.value.total),
          ...recovered.value.sums.map(({ amount, minutes }) =>
            minutes === null ? money(amount) : words.median(money(amount), count(words.minutes, minutes)),
          ),
        ]),
        rows: recovered.value.rows.map(({ id, member, sentence, at, amount }) => ({
          ...{ id, member, sentence, at },
          about: '',
          mark: null,
          as: 'moment',
          figure: money(amount),
          contact: null,
          next: null,
        })),
      },
    },
    expiring: {
      refusal: expiring.refusal,
      shown: expiring.value && {
        ...plain,
        total: expiring.value.total,
        definition: expiring.value.definition,
        asOf: expiring.value.asOf,
        sum: count(words.charges, expiring.value.total),
        rows: expiring.value.rows.map(({ plan, chargeAt, expires, ...row }) => ({
          ...row,
          about: plan,
          mark: null,
          at: chargeAt,
          as: 'day',
          figure: sayMonth(expires, locale),
        })),
      },
    },
  }
}

function joined(parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join(', ')
}
