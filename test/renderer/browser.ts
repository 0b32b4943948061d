// Real Chromium against the fake desk: pages that keep every console message, axe in both schemes, pictures.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type Axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright'
import { expect } from 'vitest'

const pictures = path.resolve(import.meta.dirname, '../../test-results/pictures')
const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let launched: Promise<Browser> | undefined

/** One for all the files that a worker runs; it ends with the worker. */
export function browser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: process.env.LATCHKEY_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      // A page that lives for seconds never earns back what better machine code costs: a fifth of all the time.
      '--js-flags=--no-opt --no-maglev',
    ],
  })
  return launched
}

export type Told = string[]

export async function openPage(url: string): Promise<{ page: Page; told: Told }> {
  const context = await (await browser()).newContext({
    viewport: LARGE,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const told: Told = []
  page.on('console', (message) => told.push(`${message.type()}: ${message.text()} ${message.location().url}`))
  page.on('pageerror', (error) => told.push(`thrown: ${error.message}`))
  await page.goto(url)
  return { page, told }
}

/** `npm run test:deep -- pages`: every part of every screen, in dark and in a small window too. */
const thorough = process.env.LATCHKEY_DEEP === 'pages'
const SMALL = { width: 900, height: 600 }
const LARGE = { width: 1440, height: 900 }
const looks = [
  // Nothing but colours differs between the two.
  { name: 'dark', colorScheme: 'dark', viewport: LARGE, runOnly: ['color-contrast'] },
  { name: 'small', colorScheme: 'light', viewport: SMALL, runOnly: TAGS },
  { name: 'light', colorScheme: 'light', viewport: LARGE, runOnly: TAGS },
] as const
const seen = new Set<string>()

/** What axe finds, as readable lines, in all the page or `within` the element of a selector. It is by far the dearest of
 * all that is done here: \`npm test\` looks at each screen of a file once, in light. */
export async function findings(page: Page, within?: string): Promise<string[]> {
  const lines: string[] = []
  if (!thorough && (within !== undefined || !(await isFirstOfItsScreen(page)))) return lines
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  for (const { name, colorScheme, viewport, runOnly } of looks) {
    if (!thorough && name !== 'light') continue
    await page.emulateMedia({ colorScheme })
    if (thorough) await page.setViewportSize(viewport)
    const violations = await page.evaluate(findViolations, { within, runOnly: [...runOnly] })
    for (const { id, nodes } of violations) {
      for (const node of nodes) lines.push(`${name} ${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)
    }
  }
  return lines
}

/** Of its file, so that it does not matter which files a worker ran before. People have ids in the address. */
async function isFirstOfItsScreen(page: Page): Promise<boolean> {
  const route = new URL(page.url()).hash.replace(/\?.*/, '').replace(/[0-9a-f]{8}-[-0-9a-f]+/g, 'id')
  const screen = `${expect.getState().testPath} ${route} ${await page.title()}`
  const first = !seen.has(screen)
  seen.add(screen)
  return first
}

/** Runs in the page. */
async function findViolations({ within, runOnly }: { within: string | undefined; runOnly: string[] }) {
  const { axe } = window as unknown as { axe: typeof Axe }
  // Of a long list the rows after the first dozen are made as those are.
  const context = { include: [within ?? 'html'], exclude: [':is(tr, li):nth-child(n + 13)'] }
  return (await axe.run(context, { runOnly, preload: false, resultTypes: ['violations'] })).violations
}

/** Light, dark, and a small window, of every screen; where LATCHKEY_PICTURES is set. */
export async function takePictures(page: Page, name: string): Promise<void> {
  if (!process.env.LATCHKEY_PICTURES) return
  fs.mkdirSync(pictures, { recursive: true })
  const shoot = (kind: string) => page.screenshot({ path: path.join(pictures, `${name}-${kind}.png`) })
  await page.emulateMedia({ colorScheme: 'dark' })
  await shoot('dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await shoot('light')
  await page.setViewportSize(SMALL)
  await shoot('small')
  await page.setViewportSize(LARGE)
}
