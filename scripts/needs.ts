// What the tests need beyond npm: looked for first, then tried to be had, else named in one sentence.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright'

export type Needs = { chromium: string }

type Need = { name: string; debian: string; find: () => string | null }

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

const needs: Need[] = [
  { name: 'Chromium', debian: 'chromium', find: findChromium },
  { name: 'socat', debian: 'socat', find: () => onPath('socat') },
  { name: 'udevadm', debian: 'udev', find: () => onPath('udevadm') },
  { name: 'Python 3', debian: 'python3', find: () => onPath('python3') },
]

/** Where the tests find them; null, after one sentence, where something is missing and could not be had. */
export function findNeeds(say: (line: string) => void): Needs | null {
  let missing = needs.filter(({ find }) => find() === null)
  if (missing.length > 0 && canInstall()) {
    say(`Installing for the tests: ${missing.map(({ debian }) => debian).join(', ')}`)
    apt(missing.map(({ debian }) => debian))
    missing = needs.filter(({ find }) => find() === null)
  }
  if (missing.some(({ name }) => name === 'Chromium')) {
    say('Fetching a Chromium for the tests, for at most two minutes')
    run(process.execPath, [path.join('node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], 120_000)
    missing = needs.filter(({ find }) => find() === null)
  }
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ')
    say(
      `The tests need ${names}: install ${missing.length === 1 ? 'it' : 'them'} first (on Debian: apt-get install ${missing.map(({ debian }) => debian).join(' ')}), then run npm test again.`,
    )
    return null
  }
  return { chromium: findChromium() ?? '' }
}

/** One that really starts: on Ubuntu the package `chromium` is a stub that does not. */
function findChromium(): string | null {
  const candidates = [process.env.LATCHKEY_CHROMIUM ?? null, ...BROWSERS.map(onPath), chromium.executablePath()]
  return (
    candidates.find(
      (file) => file !== null && fs.existsSync(file) && run(file, ['--version', '--no-sandbox'], 15_000),
    ) ?? null
  )
}

function onPath(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin']
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file)) ?? null
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && fs.existsSync('/etc/debian_version') && onPath('apt-get') !== null
}

function apt(packages: string[]): void {
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], 180_000, quiet)
  // One that cannot be had must not keep the others away.
  for (const name of packages) run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], 600_000, quiet)
}

function run(command: string, args: string[], timeout: number, env: Record<string, string> = {}): boolean {
  return spawnSync(command, args, { timeout, stdio: 'ignore', env: { ...process.env, ...env } }).status === 0
}
