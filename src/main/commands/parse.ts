// What was typed, taken apart.
import { parseArgs } from 'node:util'
import type { Values } from './command.ts'

/** Options of every command. */
export const COMMON = { 'data-dir': { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const

/** `--data-dir DIR` and `--json` may also stand before the command. */
export function commandFirst(argv: string[]): string[] {
  let start = 0
  while (argv[start] === '--json' || argv[start]?.startsWith('--data-dir'))
    start += argv[start] === '--data-dir' ? 2 : 1
  return [...argv.slice(start), ...argv.slice(0, start)]
}

type Parsed = { values: Values; positionals: string[] }

/** `problem`: one sentence. */
export function parse(
  argv: string[],
  options: Record<string, { type: 'string' | 'boolean' }>,
): Parsed | { problem: string } {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true, strict: true })
    return { values: values as Parsed['values'], positionals }
  } catch (error) {
    const name = /'([^' ]+)/.exec((error as Error).message)?.[1] ?? ''
    const unknown = (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    return {
      problem: unknown ? `There is no option ${name} here.` : `The option ${name} needs a value, or takes none.`,
    }
  }
}
