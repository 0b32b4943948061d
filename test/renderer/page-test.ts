// What every test of the page begins and ends with: a browser and a page for the file, and for each test a fake desk.
import path from 'node:path'
import type { Page } from 'playwright'
import { afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { ensureWebBuild } from '../../src/main/host/web-build.ts'
import { findings, openPage, type Told, takePictures } from './browser.ts'
import { type FakeDesk, NOTHING, startFakeDesk } from './fake-desk.ts'

export type PageTest = { desk: FakeDesk; page: Page; told: Told; folder: string }

/** Of the last test: the next desk is at the same address, for what the browser keeps of the page makes it open faster. */
let before: FakeDesk | undefined
let opened: Promise<{ page: Page; told: Told }> | undefined

/** The fields are filled before each test. The page is one for all the files that a worker runs. */
export function eachOnAPage(): PageTest {
  const on = {} as PageTest
  beforeAll(async () => {
    on.folder = await ensureWebBuild(path.resolve(import.meta.dirname, '../..'), () => undefined)
    opened ??= openPage('about:blank')
    Object.assign(on, await opened)
  })
  beforeEach(async () => {
    on.desk = await startFakeDesk(on.folder, { port: before?.port })
    before = on.desk
    on.told.length = 0
    await on.page.goto(on.desk.url)
    await on.page.getByRole('heading', { name: 'Holzmarkt Makerspace' }).waitFor()
  })
  afterEach(async () => {
    await on.page.evaluate(() => localStorage.clear())
    // One that still looks for its desk would complain of it while the next test runs. Only a page of the same
    // desk keeps the process, and with it what was compiled.
    await on.page.goto(new URL(NOTHING, on.desk.url).href)
    await on.desk.close()
  })
  return on
}

/** Pictures and axe; `within`: what lies around it was looked at before. */
export async function look(page: Page, name: string, within?: string): Promise<void> {
  await takePictures(page, name)
  expect(await findings(page, within)).toEqual([])
}
