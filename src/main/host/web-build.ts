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
const KEPT = 2

/** The folder of the built page; it is named by a hash of its sources, so a folder that is there is right. */
export async function ensureWebBuild(root: string, log: (line: string) => void): Promise<string> {
  const folder = path.join(root, 'build', `web-${hashOf(root)}`)
  if (fs.existsSync(folder)) return folder
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  // Two may start at once: the second waits, and finds the page there.
  const lock = new Database(path.join(root, 'build', 'web.lock'), { timeout: LONGEST_WAIT })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    if (fs.existsSync(folder)) return folder
    log('Making the page from its sources, once; this takes some seconds.')
    const temporary = path.join(root, 'build', `.web-${process.pid}`)
    await build(root, temporary, log)
    fs.renameSync(temporary, folder)
    removeOld(path.dirname(folder))
    return folder
  } finally {
    lock.close()
  }
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
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => log(String(chunk).trimEnd()))
    child.on('error', reject)
    child.on('exit', (code) => {
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

function removeOld(buildFolder: string): void {
  const builds = fs.readdirSync(buildFolder).filter((name) => name.startsWith('web-'))
  const newestFirst = builds
    .map((name) => ({ name, at: fs.statSync(path.join(buildFolder, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at)
  for (const { name } of newestFirst.slice(KEPT))
    fs.rmSync(path.join(buildFolder, name), { recursive: true, force: true })
}
