// The log in the data folder.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { lastWords } from '../../src/main/host/last-words.ts'
import { openLog } from '../../src/main/host/log.ts'
import { freshDir, startServe, until } from '../serving.ts'

it('goes on where the disk is full', async () => {
  const dir = freshDir()
  fs.symlinkSync('/dev/full', path.join(dir, 'latchkey.log'))
  const log = openLog(dir)
  log('A line')
  log('Another', new Error('that cannot be written either'))
  // What a stream tells of itself comes in a turn of its own, and would end the program.
  await new Promise((resolve) => setTimeout(resolve, 50))
  fs.unlinkSync(path.join(dir, 'latchkey.log'))
  expect(fs.readdirSync(dir)).toEqual([])
})

it.each([
  ['an error that nobody caught', 'throw error'],
  ['a promise that nobody waited for', 'void Promise.reject(error)'],
])('tells why a desk ended by %s, and the screen where that stands', async (_, how) => {
  const script = path.join(freshDir(), 'break.mjs')
  fs.writeFileSync(
    script,
    `process.on('SIGUSR2', () => {
      const error = new Error('The roof fell in, with sk_live_abcdefgh1234 under it', { cause: new Error('A heavy snow') })
      ${how}
    })`,
  )
  const desk = await startServe([], { env: { NODE_OPTIONS: `--import=${pathToFileURL(script).href}` } })
  desk.output.stderr = ''
  process.kill(desk.ready.pid, 'SIGUSR2')
  await until(async () => desk.output.stderr.includes('\n'), 'the last words')
  expect(await desk.stop()).toBe(1)
  const file = path.join(desk.dataDir, 'latchkey.log')
  expect(desk.output.stderr).toBe(`Latchkey broke and had to end: the last line of ${file} says why.\n`)
  const last = JSON.parse(fs.readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '')
  expect(last).toMatchObject({ level: 50, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) })
  expect(last.error).toMatch(/The roof fell in, with sk_… under it\n\s+at .*break\.mjs[\s\S]*A heavy snow/)
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
})

it('tells the reason itself where the log cannot be written', () => {
  const said = lastWords(path.join(freshDir(), 'gone'), new Error('The roof fell in, with sk_live_abcdefgh1234'))
  expect(said).toBe('Latchkey broke and had to end, and its log cannot be written: The roof fell in, with sk_….')
})
