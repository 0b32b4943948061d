// The command line: `latchkey serve` starts the desk, everything else talks to it or reads what it stored.
import fs from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import type { Refusal } from '../preload/contract.ts'
import type { Command, Lasting, LastingIo, Printed } from './commands/command.ts'
import { COMMON, commandFirst, parse } from './commands/parse.ts'
import { SANDBOX } from './commands/sandbox.ts'
import { SIM_BOARD } from './commands/sim-board.ts'
import { SIM_DOOR } from './commands/sim-door.ts'
import { SIM_ESP } from './commands/sim-esp.ts'
import { SIM_RELAY } from './commands/sim-relay.ts'
import { defaultDataDir, migrations, programVersion } from './host/config.ts'
import type { DeskClient } from './host/desk-client.ts'
import { Refused } from './host/refusals.ts'
import type { Restored } from './store/restore-backup.ts'
import { untilTold } from './until-told.ts'

const SERVE = {
  ui: { type: 'string' },
  doors: { type: 'string' },
  'stripe-base': { type: 'string' },
  webhook: { type: 'string' },
  mqtt: { type: 'string' },
  demo: { type: 'boolean' },
} as const
const SERVE_HELP = {
  words: 'serve',
  args: '[--demo] [--ui HOST:PORT] [--doors HOST:PORT] [--stripe-base URL] [--webhook HOST:PORT] [--mqtt HOST:PORT]',
  about: 'run the desk: screen, doors, sync; --demo tries it out with sample people',
}

/** Where its words go; `json`: a failure too is one JSON value. */
type Io = LastingIo & { json: boolean }

/** Resolves with the exit code; whatever went wrong has been said. */
export async function runCommandLine(given: string[], io: LastingIo): Promise<number> {
  const wholeIo = { ...io, json: given.includes('--json') }
  return run(commandFirst(given), wholeIo).catch((error) => failed(wholeIo, error))
}

async function run(argv: string[], io: Io): Promise<number> {
  if (argv[0] === 'serve') return serveCommand(io, argv.slice(1))
  const lasting = LASTING.find(({ words }) => `${argv.join(' ')} `.startsWith(`${words} `))
  if (lasting !== undefined) return runLasting(io, lasting, argv.slice(lasting.words.split(' ').length))
  if (argv[0] === '--version') {
    io.out(programVersion())
    return 0
  }
  const lone = LONE.find(({ words }) => words === argv[0])
  if (lone !== undefined) return runLone(io, lone, argv.slice(1))
  const commands = await allCommands()
  const command = commands.find(({ words }) => `${argv.join(' ')} `.startsWith(`${words} `))
  if (argv.includes('--help') || argv[0] === 'help') {
    return help(io, command === undefined ? [SERVE_HELP, ...LASTING, ...LONE, ...commands] : [command])
  }
  if (command === undefined) {
    const options = argv.findIndex((word) => word.startsWith('-'))
    const words = (options < 0 ? argv : argv.slice(0, options)).join(' ')
    const what = words === '' ? 'Say what to do' : `There is no command "${words}"`
    return wrongUsage(io, `${what}: \`latchkey --help\` lists the commands.`)
  }
  return runCommand(io, command, argv.slice(command.words.split(' ').length))
}

async function allCommands(): Promise<Command[]> {
  const [people, things, doctor, doors, devices, desk, upkeep, demo] = await Promise.all([
    import('./commands/people.ts'),
    import('./commands/things.ts'),
    import('./commands/card-doctor.ts'),
    import('./commands/doors.ts'),
    import('./commands/devices.ts'),
    import('./commands/desk.ts'),
    import('./commands/upkeep.ts'),
    import('./commands/demo.ts'),
  ])
  return [
    people.peopleCommands,
    things.thingCommands,
    doctor.cardDoctorCommands,
    doors.doorCommands,
    devices.deviceCommands,
    upkeep.upkeepCommands,
    desk.deskCommands,
    demo.demoCommands,
  ].flat()
}

const LASTING: readonly Lasting[] = [SANDBOX, SIM_DOOR, SIM_BOARD, SIM_ESP, SIM_RELAY]

/** Commands that need neither a desk nor its data. */
const LONE = [
  {
    words: 'restore',
    args: 'FILE',
    about: 'put the databases of a backup into the data folder; what was there stays beside them',
    async run(file: string, dataDir: string): Promise<Printed> {
      const { restore } = await import('./host/restore.ts')
      const { replaced, keptOut } = await restore(file, dataDir, Date.now())
      const before = replaced.length === 0 ? '' : ` What was there is kept: ${replaced.join(', ')}.`
      return {
        json: { ok: true, replaced, keptOut },
        text: `Restored.${before}${sayKeptOut(keptOut)} Start Latchkey again.`,
      }
    },
  },
  {
    words: 'replay',
    args: 'FILE',
    about: 'feed a recording into an empty database and show the standings',
    async run(file: string): Promise<Printed> {
      const [{ replay }, { table }] = await Promise.all([import('./host/replay.ts'), import('./commands/command.ts')])
      const rows = replay(path.resolve(file), programVersion())
      const lines = rows.map((row) => [row.standing, row.plans.join(', '), row.stripeCustomers.join(', ')])
      return { json: rows, text: table([['STANDING', 'PLANS', 'CUSTOMERS'], ...lines]) }
    },
  },
]

function sayKeptOut(keptOut: Restored['keptOut']): string {
  if (keptOut === null)
    return ' What was there could not be read: cards reported lost since this backup open doors again, so go through them.'
  const out = [...keptOut.cards, ...keptOut.people, ...keptOut.doors]
  return out.length === 0 ? '' : ` Closed as before, though the backup does not know it: ${out.join(', ')}.`
}

async function runLone(io: Io, { words, args, about, run }: (typeof LONE)[number], argv: string[]): Promise<number> {
  const usage = `latchkey ${words} ${args}`
  const parsed = parse(argv, COMMON)
  if ('problem' in parsed) return wrongUsage(io, `${parsed.problem} Use: ${usage}`)
  const { values, positionals } = parsed
  if (values.help === true) return help(io, [{ words, args, about }])
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    return wrongUsage(
      io,
      `${file === undefined ? 'FILE is missing' : `"${more[0]}" is one word too many`}. Use: ${usage}`,
    )
  const given = typeof values['data-dir'] === 'string' ? values['data-dir'] : defaultDataDir(false)
  const { json, text } = await run(file, path.resolve(given))
  io.out(values.json === true ? JSON.stringify(json) : text)
  return 0
}

async function runCommand(io: Io, command: Command, argv: string[]): Promise<number> {
  const usage = `latchkey ${command.words} ${command.args}`.trim()
  const parsed = parse(argv, { ...COMMON, ...command.options })
  if ('problem' in parsed) return wrongUsage(io, `${parsed.problem} Use: ${usage}`)
  const { values, positionals } = parsed
  const most = command.positionals.length + (command.optional?.length ?? 0)
  if (positionals.length < command.positionals.length || positionals.length > most) {
    const missing = command.positionals[positionals.length]
    return wrongUsage(
      io,
      `${missing === undefined ? `"${positionals.at(-1)}" is one word too many` : `${missing} is missing`}. Use: ${usage}`,
    )
  }
  const unset = command.needs?.find((name) => values[name] === undefined)
  if (unset !== undefined) return wrongUsage(io, `--${unset} is missing. Use: ${usage}`)

  const given = typeof values['data-dir'] === 'string' ? values['data-dir'] : undefined
  if (given === '') return wrongUsage(io, `--data-dir is empty. Use: ${usage}`)
  const desk = command.alone === true ? NOBODY : await deskOf(given ?? usualFolder(command.words.startsWith('demo ')))
  try {
    const outcome = await command.run({ desk, values, positionals, stdin: () => readAll(io.stdin) })
    if ('usage' in outcome) return wrongUsage(io, outcome.usage)
    if (!outcome.ok) {
      const { code, sentence, detail } = outcome.refusal
      return refused(io, code, sentence, 1, detail)
    }
    const { json, text, exitCode = 0 } = outcome.value
    io.out(values.json === true ? JSON.stringify(json) : text)
    return exitCode
  } finally {
    desk.close()
  }
}

const NOBODY: DeskClient = {
  running: false,
  call: () => Promise.reject(new Error('A command that needs no desk asked one')),
  close: () => undefined,
}

async function deskOf(dataDir: string): Promise<DeskClient> {
  const { connectDesk } = await import('./host/desk-client.ts')
  return connectDesk(dataDir, migrations, programVersion())
}

/** Where only the demo has been tried out so far, its folder is named instead of none. */
function usualFolder(demo: boolean): string {
  const [usual, sample] = [defaultDataDir(demo), defaultDataDir(true)]
  const hasData = (folder: string) => fs.existsSync(path.join(folder, 'desk.db'))
  if (!demo && !hasData(usual) && hasData(sample)) {
    throw new Refused(`There is no Latchkey data in ${usual} yet. For the demo's, add: --data-dir ${sample}`)
  }
  return usual
}

async function serveCommand(io: Io, argv: string[]): Promise<number> {
  const parsed = parse(argv, { ...COMMON, ...SERVE })
  if ('problem' in parsed || parsed.positionals.length > 0) {
    const problem = 'problem' in parsed ? parsed.problem : `"${parsed.positionals[0]}" is one word too many.`
    return wrongUsage(io, `${problem} Use: latchkey serve ${SERVE_HELP.args}`)
  }
  const { values } = parsed
  if (values.help === true) return help(io, [SERVE_HELP])
  const option = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const { serve } = await import('./headless.ts')
  const serving = await serve({
    dataDir: option('data-dir'),
    ui: option('ui') ?? '127.0.0.1:4700',
    doors: option('doors') ?? '127.0.0.1:4710',
    stripeBase: option('stripe-base'),
    webhook: option('webhook'),
    mqtt: option('mqtt'),
    demo: values.demo === true,
    stdout: io.out,
    stderr: io.err,
  })
  await untilTold()
  await serving.stop()
  return 0
}

async function runLasting(io: Io, { words, args, about, options, start }: Lasting, argv: string[]): Promise<number> {
  const usage = `latchkey ${words} ${args}`
  const parsed = parse(argv, { ...COMMON, ...options })
  if ('problem' in parsed || parsed.positionals.length > 0) {
    const problem = 'problem' in parsed ? parsed.problem : `"${parsed.positionals[0]}" is one word too many.`
    return wrongUsage(io, `${problem} Use: ${usage}`)
  }
  if (parsed.values.help === true) return help(io, [{ words, args, about }])
  const told = untilTold()
  const started = await start(parsed.values, io)
  if ('usage' in started) return wrongUsage(io, `${started.usage} Use: ${usage}`)
  const sentence = await Promise.race([told, started.ended ?? told])
  await started.close()
  return sentence === null ? 0 : refused(io, 'wrong-state', sentence, 1)
}

type Helped = Pick<Command, 'words' | 'args' | 'about'>

function help(io: Io, commands: readonly Helped[]): 0 {
  const about = commands.map((one) => ({ command: one.words, args: one.args, about: one.about }))
  io.out(io.json ? JSON.stringify(about) : helpText(commands))
  return 0
}

function helpText(commands: readonly Helped[]): string {
  return [
    'Usage: latchkey COMMAND [--data-dir DIR] [--json]',
    '',
    ...commands.map(({ words, args, about }) => `  latchkey ${`${words} ${args}`.trim()}\n      ${about}`),
    '',
    'DIR is where the data is kept (default: a folder of your own). --json prints one JSON value.',
    'Exit codes: 0 done, 1 refused or failed, 2 wrong usage.',
  ].join('\n')
}

function wrongUsage(io: Io, sentence: string): number {
  return refused(io, 'bad-request', sentence, 2)
}

/** One sentence on stderr; with --json stdout has its one value all the same. */
function refused(io: Io, code: Refusal['code'], sentence: string, exitCode: 1 | 2, detail?: unknown): 1 | 2 {
  io.err(sentence)
  if (io.json) io.out(JSON.stringify({ ok: false, code, sentence, detail }))
  return exitCode
}

async function readAll(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

/** The sentence of whatever was refused; a fault of the program's own goes to stderr in one line as well. */
async function failed(io: Io, error: unknown): Promise<number> {
  const { sentenceOf, WrongUsage } = await import('./host/refusals.ts')
  if (error instanceof WrongUsage) return wrongUsage(io, error.message)
  const known = sentenceOf(error)
  if (known !== null) return refused(io, 'wrong-state', known, 1)
  return refused(io, 'broken', `Latchkey could not go on: ${error instanceof Error ? error.message : String(error)}`, 1)
}
