// What was typed, taken apart.
import { parseArgs } from 'node:util'
import type { Option, Values } from './command.ts'

/** Options of every command. */
export const COMMON = { 'data-dir': { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const

/** `--data-dir DIR` and `--json` may also stand before the command. */
export function commandFirst(argv: string[]): string[] {
  let start = 0
  while (argv[start] === '--json' || argv[start]?.startsWith('--data-dir'))
    start += argv[start] === '--data-dir' ? 2 : 1
  return [...argv.slice(start), ...argv.slice(0, start)]
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}\S*)?$/

type Parsed = { values: Values; positionals: string[] }

/** `problem`: one sentence. */
export function parse(argv: string[], options: Record<string, Option>): Parsed | { problem: string } {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true, strict: true })
    const wrong = Object.entries(options).flatMap(([name, option]) => wrongValue(name, option, values[name]) ?? [])
    return wrong[0] === undefined ? { values: values as Parsed['values'], positionals } : { problem: wrong[0] }
  } catch (error) {
    const name = /'([^' ]+)/.exec((error as Error).message)?.[1] ?? ''
    const unknown = (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    return {
      problem: unknown ? `There is no option ${name} here.` : `The option ${name} needs a value, or takes none.`,
    }
  }
}

function wrongValue(name: string, { oneOf, moment }: Option, value: unknown): string | null {
  if (typeof value !== 'string') return null
  if (oneOf !== undefined && !oneOf.includes(value)) return `"${value}" is none of --${name}: ${oneOf.join(' ')}.`
  // Whether the calendar has such a day, and where the space is, the desk knows.
  if (moment === true && !MOMENT.test(value))
    return `"${value}" is no day or moment for --${name}: write 2026-12-03, or 2026-12-03T18:00Z.`
  return null
}
