// What every test of the page begins and ends with: one browser, and for each test a fake desk and a page of its own.
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { findings, launch, openPage, type Told, takePictures, webFolder } from './browser.ts'
import { type FakeDesk, startFakeDesk } from './fake-desk.ts'

export type PageTest = { desk: FakeDesk; page: Page; told: Told; folder: string; browser: Browser }

/** The fields are filled before each test. */
export function eachOnAPage(): PageTest {
  const on = {} as PageTest
  let web: Awaited<ReturnType<typeof webFolder>>
  beforeAll(async () => {
    ;[web, on.browser] = await Promise.all([webFolder(), launch()])
    on.folder = web.folder
  })
  afterAll(async () => {
    await on.browser.close()
    web.remove()
  })
  beforeEach(async () => {
    on.desk = await startFakeDesk(web.folder)
    Object.assign(on, await openPage(on.browser, on.desk.url))
    await on.page.getByRole('heading', { name: 'Holzmarkt Makerspace' }).waitFor()
  })
  afterEach(async () => {
    await on.page.context().close()
    await on.desk.close()
  })
  return on
}

/** Pictures and axe; `within`: what lies around it was looked at before. */
export async function look(page: Page, name: string, within?: string): Promise<void> {
  await takePictures(page, name)
  expect(await findings(page, within)).toEqual([])
}
