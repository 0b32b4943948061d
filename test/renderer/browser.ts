// Real Chromium against the fake desk: pages that keep every console message, axe in both schemes, pictures.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type Axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright'

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
    ],
  })
  return launched
}

export type Told = string[]

export async function openPage(url: string): Promise<{ page: Page; told: Told }> {
  const context = await (await browser()).newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const told: Told = []
  page.on('console', (message) => told.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => told.push(`thrown: ${error.message}`))
  await page.goto(url)
  return { page, told }
}

/** What axe finds, as readable lines: in light and in dark, or in light alone `within` the element of a selector. */
export async function findings(page: Page, within?: string): Promise<string[]> {
  const lines: string[] = []
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  for (const colorScheme of within === undefined ? (['dark', 'light'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme })
    // Nothing but colours differs between the two.
    const runOnly = colorScheme === 'dark' ? ['color-contrast'] : TAGS
    const violations = await page.evaluate(findViolations, { within, runOnly })
    for (const { id, nodes } of violations) {
      for (const node of nodes) lines.push(`${colorScheme} ${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)
    }
  }
  return lines
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
  await page.setViewportSize({ width: 900, height: 600 })
  await shoot('small')
  await page.setViewportSize({ width: 1440, height: 900 })
}
