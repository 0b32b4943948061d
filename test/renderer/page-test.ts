// What every test of the page begins and ends with: a browser and a page for the file, and for each test a fake desk.
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { ensureWebBuild } from '../../src/main/host/web-build.ts'
import { findings, openPage, type Told, takePictures } from './browser.ts'
import { type FakeDesk, startFakeDesk } from './fake-desk.ts'

export type PageTest = { desk: FakeDesk; page: Page; told: Told; folder: string }

/** The fields are filled before each test. */
export function eachOnAPage(): PageTest {
  const on = {} as PageTest
  beforeAll(async () => {
    on.folder = await ensureWebBuild(path.resolve(import.meta.dirname, '../..'), () => undefined)
    Object.assign(on, await openPage('about:blank'))
  })
  afterAll(async () => {
    await on.page.context().close()
    await on.desk.close()
  })
  beforeEach(async () => {
    const before = on.desk as FakeDesk | undefined
    if (before !== undefined) {
      // The next desk is at the same address, for what the browser keeps of the page makes it open in half the time.
      await on.page.evaluate(() => localStorage.clear())
      // One that still looks for its desk would complain of it while the next test runs.
      await on.page.goto('about:blank')
      await before.close()
    }
    on.desk = await startFakeDesk(on.folder, { port: before?.port })
    on.told.length = 0
    await on.page.goto(on.desk.url)
    await on.page.getByRole('heading', { name: 'Holzmarkt Makerspace' }).waitFor()
  })
  return on
}

/** Pictures and axe; `within`: what lies around it was looked at before. */
export async function look(page: Page, name: string, within?: string): Promise<void> {
  await takePictures(page, name)
  expect(await findings(page, within)).toEqual([])
}
