// A rule tried on past swipes, for people at a terminal and for programs.
import type { WhatIf } from '../../preload/shapes-what-if.ts'
import { type Command, given, printed, table, text, type Values } from './command.ts'

const METHODS = { 'grace-card': 'card', 'grace-bank-debit': 'bank-debit', 'grace-manual': 'manual' } as const

export const whatIfCommands: Command[] = [
  {
    words: 'report what-if',
    args: '[--grace-card N] [--grace-bank-debit N] [--grace-manual N] [--days N]',
    about: 'who would have been treated differently at doors in the last 90 days, had grace been so many days',
    options: {
      'grace-card': { type: 'string' },
      'grace-bank-debit': { type: 'string' },
      'grace-manual': { type: 'string' },
      days: { type: 'string' },
    },
    positionals: [],
    async run({ desk, values }) {
      const wrong = ['days', ...Object.keys(METHODS)].find(
        (name) => values[name] !== undefined && !isDays(values, name),
      )
      if (wrong !== undefined) return { usage: `--${wrong} is a number of days, such as 7.` }
      const graceDays = given(
        Object.fromEntries(Object.entries(METHODS).map(([option, method]) => [method, daysOf(values, option)])),
      )
      const change = Object.keys(graceDays).length === 0 ? {} : { graceDays }
      return printed(await desk.call('whatIf.replay', { change, ...given({ days: daysOf(values, 'days') }) }), say)
    },
  },
]

function isDays(values: Values, name: string): boolean {
  return /^\d{1,3}$/.test(text(values[name]) ?? '')
}

function daysOf(values: Values, name: string): number | undefined {
  return isDays(values, name) ? Number(values[name]) : undefined
}

function say({ rows, total, letIn, refused, swipes, unknown, byThemselves, needs, definition }: WhatIf): string {
  const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
  const people = (count: number) => (count === 1 ? '1 person' : `${count} people`)
  const letInMore =
    letIn.people === 0
      ? 'Nobody more would have been let in'
      : `${people(letIn.people)} would have been let in ${times(letIn.swipes)} more`
  const refusedMore =
    refused.people === 0
      ? 'nobody refused'
      : `${people(refused.people)} would have been refused ${times(refused.swipes)}`
  const needed = needs.map(
    ({ method, days }) => `The first whom longer grace by ${method} would have let in need ${days} days.`,
  )
  const changed = total === 0 ? ['This changes nothing.', ...needed] : [`${letInMore}, ${refusedMore}.`]
  const lines = rows.map(({ sentence, first, member }) => [first, sentence, member.id])
  const said = [
    `${swipes} swipes decided anew.`,
    ...unknown.why.map(({ count, words }) => `${count} cannot be: ${words}.`),
    ...(byThemselves > 0 ? [`${byThemselves} were decided by a door alone and stay as they were.`] : []),
    ...(rows.length < total ? [`The first ${rows.length} of ${total} are shown.`] : []),
  ]
  return [...changed, ...(lines.length > 0 ? ['', table(lines)] : []), '', said.join(' '), definition].join('\n')
}
