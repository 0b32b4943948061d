// Makes the page from its sources where it is missing or stale: by `serve` only, under a lock, renamed into place.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { Refused } from './refusals.ts'

/** What the page is made from. */
const SOURCES = ['src/renderer', 'src/preload', 'src/main/domain', 'vite.renderer.config.ts', 'package-lock.json']
const LONGEST_WAIT = 120_000
const LOOK_AGAIN_AFTER = 100
const KEPT = 2

/** The folder of the built page; it is named by a hash of its sources, so a folder that is there is right. */
export async function ensureWebBuild(root: string, log: (line: string) => void): Promise<string> {
  const folder = path.join(root, 'build', `web-${hashOf(root)}`)
  const builds = path.dirname(folder)
  if (fs.existsSync(folder)) return noteUse(folder)
  // Two may start at once: the second waits, and finds the page there.
  const lock = await takeBuildLock(builds, log)
  try {
    if (fs.existsSync(folder)) return noteUse(folder)
    log('Making the page from its sources, once; this takes some seconds.')
    // Whoever left these was stopped on the way: the lock is ours.
    remove(builds, filesOf(builds, '.web-'))
    const temporary = path.join(builds, `.web-${process.pid}`)
    await build(root, temporary, log)
    fs.renameSync(temporary, folder)
    const used = usedBuilds(builds)
    remove(
      builds,
      filesOf(builds, 'web-')
        .slice(KEPT)
        .filter((name) => !used.has(name)),
    )
    return noteUse(folder)
  } finally {
    lock.close()
  }
}

/** An exclusive SQLite transaction, which the system drops with its holder. */
async function takeBuildLock(builds: string, log: (line: string) => void): Promise<Database.Database> {
  const lock = openLock(builds)
  const deadline = performance.now() + LONGEST_WAIT
  let told = false
  for (;;) {
    try {
      lock.exec('BEGIN EXCLUSIVE')
      return lock
    } catch (error) {
      const busy = (error as { code?: string }).code?.startsWith('SQLITE_BUSY')
      if (!busy || performance.now() > deadline) {
        lock.close()
        throw busy ? new Refused(NEVER_DONE) : cannotWrite(builds)
      }
    }
    if (!told) log('Another Latchkey is making the page; waiting for it.')
    told = true
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_AFTER))
  }
}

const NEVER_DONE = 'Another Latchkey has been making the page for two minutes: stop that one, then start again.'

function openLock(builds: string): Database.Database {
  try {
    fs.mkdirSync(builds, { recursive: true })
    return new Database(path.join(builds, 'web.lock'), { timeout: 0 })
  } catch {
    throw cannotWrite(builds)
  }
}

function cannotWrite(builds: string): Refused {
  return new Refused(`The page cannot be made, because the folder ${builds} cannot be written: check who owns it.`)
}

function build(root: string, outDir: string, log: (line: string) => void): Promise<void> {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  if (!fs.existsSync(vite))
    throw new Refused('The page cannot be made, because its tools are missing: run `npm ci` in this folder.')
  const args = [
    vite,
    'build',
    '--config',
    path.join(root, 'vite.renderer.config.ts'),
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]
  return new Promise((resolve, reject) => {
    // Whoever starts us may be a test; the page is the one for people all the same.
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => log(String(chunk).trimEnd()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Refused('The page could not be made from its sources; the lines above say why.'))
    })
  })
}

function hashOf(root: string): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    const at = path.join(root, source)
    const files = !fs.existsSync(at)
      ? []
      : fs.statSync(at).isDirectory()
        ? fs.readdirSync(at, { recursive: true, encoding: 'utf8' }).toSorted()
        : ['']
    for (const name of files) {
      const file = path.join(at, name)
      if (fs.statSync(file).isFile()) hash.update(`${source}/${name}\n`).update(fs.readFileSync(file))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

/** A desk or a test that runs for long keeps its page, however many are made meanwhile. */
function noteUse(folder: string): string {
  const builds = path.dirname(folder)
  try {
    usedBuilds(builds)
    fs.writeFileSync(path.join(builds, `user-${process.pid}`), path.basename(folder))
  } catch {
    // Where nothing can be written, nothing is removed either.
  }
  return folder
}

/** What processes that run use; notes of those that have ended go. */
function usedBuilds(builds: string): Set<string> {
  const notes = fs.readdirSync(builds).filter((name) => name.startsWith('user-'))
  const [running, ended] = [notes.filter(isRunning), notes.filter((name) => !isRunning(name))]
  remove(builds, ended)
  return new Set(running.map((name) => textOf(path.join(builds, name))))
}

/** Empty for a note that somebody else has just taken away. */
function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isRunning(note: string): boolean {
  try {
    return process.kill(Number(note.slice('user-'.length)), 0)
  } catch (error) {
    // Somebody else's process may not be signalled, and is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Newest first. */
function filesOf(builds: string, start: string): string[] {
  const age = (name: string) => fs.statSync(path.join(builds, name)).mtimeMs
  return fs
    .readdirSync(builds)
    .filter((name) => name.startsWith(start))
    .toSorted((a, b) => age(b) - age(a))
}

function remove(builds: string, names: readonly string[]): void {
  for (const name of names) fs.rmSync(path.join(builds, name), { recursive: true, force: true })
}
