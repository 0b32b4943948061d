// Starts a script on the Node that this project is pinned to. Any Node from 18 on can run this file:
// npm 9 and 10 do not link the platform's `node` package, so its folder is looked up here and put first on PATH.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const NEEDED_MAJOR = 24
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** The pinned Node's executable, this process's own where it is new enough, or null. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath
  const folder = path.join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    'bin',
  )
  const file = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(file) ? file : null
}

/** Runs `args` on that Node with this process's streams, hands signals on and ends as it ends. */
export function runOnNode(args) {
  const node = findNode()
  if (node === null) {
    console.error(
      `Latchkey needs Node ${NEEDED_MAJOR} or later, and this is ${process.version}: run \`npm ci\` here first, which brings it for Linux (x64, arm64) and Windows; on another system install Node ${NEEDED_MAJOR}.`,
    )
    process.exitCode = 1
    return
  }
  // A first import of 10,000 customers takes a third less memory with it, and no more time.
  const child = spawn(node, ['--max-semi-space-size=4', ...args], {
    stdio: 'inherit',
    env: {
      // What was compiled once is not compiled again: halves the time until a command or the desk is there.
      NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node'),
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  withShellOfNpm(() => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`Latchkey could not start ${node}: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}

/** npm hands signals to the shell in which it runs a script, and that one dies of them without a word to us. So where our
 * parent is that very shell, its end is ours; whatever else we were started by may end as it likes. */
function withShellOfNpm(end) {
  const shell = process.ppid
  if (!isShellOfNpm(shell)) return
  const looking = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(looking)
    end()
  }, 250)
  looking.unref()
}

/** Where a system shows no command lines, its shell makes way for what it starts, or knows no signals: nothing to do. */
function isShellOfNpm(pid) {
  const { npm_package_json: file = '', npm_lifecycle_script: script = '' } = process.env
  if (script === '' || path.dirname(file) !== root) return false
  try {
    const [, option, line = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return option === '-c' && line.startsWith(script)
  } catch {
    return false
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [script, ...rest] = process.argv.slice(2)
  runOnNode([path.resolve(root, script), ...rest])
}
