// What every test of the page begins and ends with: a browser and a page for the file, and for each test a fake desk.
import path from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { ensureWebBuild } from '../../src/main/host/web-build.ts'
import { findings, launch, openPage, type Told, takePictures } from './browser.ts'
import { type FakeDesk, startFakeDesk } from './fake-desk.ts'

export type PageTest = { desk: FakeDesk; page: Page; told: Told; folder: string; browser: Browser }

/** The fields are filled before each test. */
export function eachOnAPage(): PageTest {
  const on = {} as PageTest
  beforeAll(async () => {
    on.folder = await ensureWebBuild(path.resolve(import.meta.dirname, '../..'), () => undefined)
    on.browser = await launch()
    Object.assign(on, await openPage(on.browser, 'about:blank'))
  })
  afterAll(async () => {
    await on.browser.close()
    await on.desk.close()
  })
  beforeEach(async () => {
    const before = on.desk as FakeDesk | undefined
    on.desk = await startFakeDesk(on.folder)
    on.told.length = 0
    // Another port is another origin: nothing is left of the test before.
    await on.page.goto(on.desk.url)
    await on.page.getByRole('heading', { name: 'Holzmarkt Makerspace' }).waitFor()
    await before?.close()
  })
  return on
}

/** Pictures and axe; `within`: what lies around it was looked at before. */
export async function look(page: Page, name: string, within?: string): Promise<void> {
  await takePictures(page, name)
  expect(await findings(page, within)).toEqual([])
}
