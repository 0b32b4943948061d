// What the tests need beyond npm: looked for first, then tried to be had, else named in one sentence.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright'
import { runProgram, wasInterrupted } from './run.ts'
import { root } from './steps.ts'

export type Needs = { chromium: string }

/** `debian`: the packages that bring it, the best one first. */
type Need = { name: string; debian: string[]; find: () => string | null }

// The first has no window and draws with a quarter less work.
const BROWSERS = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]

const needs: Need[] = [
  { name: 'Chromium', debian: ['chromium-headless-shell', 'chromium'], find: findChromium },
  { name: 'socat', debian: ['socat'], find: () => onPath('socat') },
  { name: 'mosquitto', debian: ['mosquitto'], find: () => onPath('mosquitto') },
  { name: 'openssl', debian: ['openssl'], find: () => onPath('openssl') },
  { name: 'udevadm', debian: ['udev'], find: () => onPath('udevadm') },
  { name: 'Python 3', debian: ['python3'], find: () => onPath('python3') },
]

const APT_WITHIN = 600_000
const DOWNLOAD_WITHIN = 120_000
const playwright = (...args: string[]) => [path.join(root, 'node_modules', 'playwright', 'cli.js'), ...args]

/** Where the tests find them; null, after one sentence, where something is missing and could not be had. */
export async function findNeeds(say: (line: string) => void): Promise<Needs | null> {
  let missing = lookFor(needs)
  if (missing.length > 0 && canInstall()) {
    say(`Installing for the tests: ${missing.map(({ name }) => name).join(', ')}`)
    await apt(missing)
    missing = lookFor(missing)
  }
  if (missing.some(({ name }) => name === 'Chromium') && !wasInterrupted()) {
    say('Fetching a Chromium for the tests, for at most two minutes')
    // On Ubuntu apt has no Chromium, but the libraries that this one needs.
    if (canInstall()) await quietly(process.execPath, playwright('install-deps', 'chromium'), APT_WITHIN)
    await quietly(process.execPath, playwright('install', 'chromium'), DOWNLOAD_WITHIN)
    missing = lookFor(missing)
  }
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ')
    say(
      `The tests need ${names}: install ${missing.length === 1 ? 'it' : 'them'} first (on Debian: apt-get install ${missing.map(({ debian }) => debian[0]).join(' ')}), then run npm test again.`,
    )
    return null
  }
  return { chromium: findChromium() ?? '' }
}

const lookFor = (wanted: readonly Need[]) => wanted.filter(({ find }) => find() === null)

/** One that really starts: on Ubuntu the package `chromium` is a stub that does not. */
function findChromium(): string | null {
  const candidates = [process.env.LATCHKEY_CHROMIUM ?? null, ...BROWSERS.map(onPath), chromium.executablePath()]
  return candidates.find((file) => file !== null && fs.existsSync(file) && starts(file)) ?? null
}

function onPath(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin']
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file)) ?? null
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && fs.existsSync('/etc/debian_version') && onPath('apt-get') !== null
}

async function apt(missing: readonly Need[]): Promise<void> {
  await quietly('apt-get', ['update', '-qq'], APT_WITHIN)
  // One by one: one that cannot be had must not keep the others away.
  for (const { debian, find } of missing) {
    for (const name of debian) {
      if (wasInterrupted() || find() !== null) break
      await quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], APT_WITHIN)
    }
  }
}

function quietly(command: string, args: string[], limit: number): Promise<number> {
  return runProgram(command, args, { cwd: root, quiet: true, limit, env: { DEBIAN_FRONTEND: 'noninteractive' } })
}

function starts(file: string): boolean {
  return spawnSync(file, ['--version', '--no-sandbox'], { timeout: 15_000, stdio: 'ignore' }).status === 0
}
