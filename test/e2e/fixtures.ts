// A desk with sample people and the screen in front of it: in a browser below `latchkey serve`, and, where Electron's
// program is on this computer, in its own window. A spec that asks for `desk` runs in both.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { test as base, _electron as electron, expect, type Page } from 'playwright/test'
import { findElectron } from '../../scripts/electron-binary.ts'
import { ensureWebBuild } from '../../src/main/host/web-build.ts'
import { freshDir, latchkey, type Served, startServe, until } from '../serving.ts'

export type DemoDesk = Pick<Served, 'run' | 'json'> & {
  /** Signed in, with the page loaded. */
  page: Page
  /** What the page wrote to its console from its first moment on. */
  said: string[]
}

const root = path.resolve(import.meta.dirname, '../..')

// In the window's project `page` is an empty one and stays unused.
export const test = base.extend<{ desk: DemoDesk }>({
  desk: async ({ page }, use, { project }) => {
    await (project.name === 'electron' ? inWindow(use) : inBrowser(page, use))
  },
})

async function inBrowser(page: Page, use: (desk: DemoDesk) => Promise<void>): Promise<void> {
  const served = await startServe(['--demo'])
  try {
    const said = listen(page)
    await page.goto(/http:\S+sign-in\S+/.exec(served.output.stderr)?.[0] ?? '')
    await use({ page, said, run: served.run, json: served.json })
  } finally {
    expect(await served.stop()).toBe(0)
  }
}

async function inWindow(use: (desk: DemoDesk) => Promise<void>): Promise<void> {
  for (const config of ['vite.main.config.ts', 'vite.preload.config.ts']) {
    execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '-c', config], { cwd: root })
  }
  const dataDir = freshDir()
  const window = await electron.launch({
    executablePath: findElectron() ?? '',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      root,
      ...['--demo', '--doors', '127.0.0.1:0', '--data-dir', dataDir],
    ],
    env: { ...process.env, LATCHKEY_WEB_FOLDER: await ensureWebBuild(root, console.error) } as Record<string, string>,
  })
  try {
    const page = await window.firstWindow()
    const said = listen(page)
    await until(async () => fs.existsSync(path.join(dataDir, 'desk.json')), "the desk's process")
    const run = (...words: string[]) => latchkey([...words, '--data-dir', dataDir])
    const json = async <T>(...words: string[]) => {
      const ran = await run(...words, '--json')
      if (ran.code !== 0) throw new Error(`latchkey ${words.join(' ')}: ${ran.code} ${ran.stderr}`)
      return JSON.parse(ran.stdout) as T
    }
    await use({ page, said, run, json })
  } finally {
    // Told to end, it asks no question.
    const closed = new Promise((resolve) => window.process().once('exit', resolve))
    window.process().kill('SIGTERM')
    expect(await closed).toBe(0)
  }
}

function listen(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  return said
}
