// The command line as a program of its own; tests run the same in their own process.
import { runCommandLine } from './command-line.ts'

const write = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`)

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: write(process.stdout),
  err: write(process.stderr),
  stdin: process.stdin,
})
