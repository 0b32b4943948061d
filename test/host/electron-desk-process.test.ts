import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { startDeskProcess } from '../../src/main/host/electron-transport.ts'
import { takeLock } from '../../src/main/host/lock.ts'
import { seen } from './electron-double.ts'

vi.mock('electron', () => import('./electron-double.ts'))

const root = path.resolve(import.meta.dirname, '../..')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-desk-process-'))

afterAll(async () => {
  await Promise.all(seen.children.map((child) => child.worker.terminate()))
  fs.rmSync(folder, { recursive: true, force: true })
})

/** The sentence with which a desk gives up. */
function giveUp(source: string, { dataDir = folder, doors = '127.0.0.1:0' } = {}): Promise<string> {
  const program = path.join(folder, 'program.cjs')
  fs.writeFileSync(program, source)
  return new Promise((resolve) => {
    startDeskProcess({
      program,
      start: () => ({
        version: '0.1.0',
        dataDir,
        migrations: path.join(root, 'src/main/store/migrations'),
        doorThread: path.join(root, 'src/main/door/thread.ts'),
        reportThread: path.join(root, 'src/main/report/thread.ts'),
        webFolder: folder,
        doors,
        stripeBase: null,
        stripeKey: null,
        mailPassword: null,
        demo: false,
        notes: [],
      }),
      page: () => null,
      keepKey: () => undefined,
      onFailed: resolve,
    })
  })
}

const real = `import(${JSON.stringify(path.join(root, 'src/main/desk-child.ts'))})`

describe('a desk that cannot run', () => {
  it('is started five times again within a minute, then its end is told in one sentence', async () => {
    expect(await giveUp('process.exit(3)')).toBe(
      "The desk's process ended 6 times within a minute: the log says what broke.",
    )
    expect(seen.children).toHaveLength(6)
  })

  it('says that another works with the same data', async () => {
    const lock = takeLock(folder)
    expect(await giveUp(real)).toMatch(/^Another Latchkey already works with /)
    lock?.release()
  })

  it('says that the data folder cannot be written', async () => {
    fs.writeFileSync(path.join(folder, 'a-file'), '')
    expect(await giveUp(real, { dataDir: path.join(folder, 'a-file', 'data') })).toMatch(/cannot be written/)
  })

  it("says what is wrong with the doors' address", async () => {
    expect(await giveUp(real, { doors: 'nonsense' })).toMatch(/is not an address/)
    expect(await giveUp(real, { doors: '192.0.2.1:4710' })).toMatch(/^This computer has no address 192\.0\.2\.1:4710/)
  })
})
