// What a command of the command line is made of.
import type { Readable } from 'node:stream'
import type { Outcome } from '../../preload/wire.ts'
import type { DeskClient } from '../host/desk-client.ts'

export type Values = Record<string, string | boolean | undefined>

export type Printed = { json: unknown; text: string; exitCode?: 0 | 1 }

/** `oneOf`: the words that it takes; `moment`: a day or a moment. What is neither is wrong usage, before any desk is asked. */
export type Option = { type: 'string' | 'boolean'; oneOf?: readonly string[]; moment?: true }

export type Command = {
  /** As typed: `door add`. */
  words: string
  /** What follows the words in the help. */
  args: string
  about: string
  options: Record<string, Option>
  /** Options without which it makes no sense. */
  needs?: readonly string[]
  /** Names of the words that must follow. */
  positionals: readonly string[]
  /** Names of words that may follow those. */
  optional?: readonly string[]
  /** Needs neither a desk nor its data. */
  alone?: true
  run(context: CommandContext): Promise<Outcome<Printed> | { usage: string }>
}

export type CommandContext = {
  desk: DeskClient
  values: Values
  positionals: readonly string[]
  stdin: () => Promise<string>
}

/** One that needs no desk and no data, and runs until it is told to end. */
export type Lasting = Pick<Command, 'words' | 'args' | 'about' | 'options'> & {
  start(values: Values, io: LastingIo): Promise<Running | { usage: string }>
}

export type LastingIo = { out: (line: string) => void; err: (line: string) => void; stdin: Readable }

export type Running = {
  close(): Promise<void>
  /** Where it may end by itself: a sentence where that is a failure. */
  ended?: Promise<string | null>
}

export const OK = { ok: true }

/** Runs the call of a command and prints its value, or hands on why it was not done. */
export function printed<T>(
  outcome: Outcome<T>,
  text: (value: T) => string,
  json: (value: T) => unknown = (value) => value,
): Outcome<Printed> {
  return outcome.ok ? { ok: true, value: { json: json(outcome.value), text: text(outcome.value) } } : outcome
}

export const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** Columns padded to their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length)
  return rows
    .map((row) =>
      row
        .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Only what was given: the contract takes no empty values. */
export function given<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
