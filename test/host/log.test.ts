// The log in the data folder.
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { openLog } from '../../src/main/host/log.ts'
import { freshDir } from '../serving.ts'

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
