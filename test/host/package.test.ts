import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { extractAll } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FromDesk } from '../../src/main/host/electron-transport.ts'
import { type Checkout, makeCheckout, runIn, writeZip } from './electron-checkout.ts'
import { Child } from './electron-double.ts'

const { version } = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../node_modules/electron/package.json'), 'utf8'),
)
let checkout: Checkout
let resources: string
let inside: string

beforeAll(async () => {
  checkout = makeCheckout()
  const zips = path.join(checkout.folder, 'zips')
  fs.mkdirSync(zips)
  const program = process.platform === 'win32' ? 'electron.exe' : 'electron'
  writeZip(path.join(zips, `electron-v${version}-${process.platform}-${process.arch}.zip`), {
    [program]: '#!/bin/sh\n',
    version,
    LICENSE: 'A placeholder\n',
    'resources/default_app.asar': '',
  })
  const out = path.join(checkout.folder, 'out')
  const env = { LATCHKEY_ELECTRON_ZIP_DIR: zips, LATCHKEY_OUT_DIR: out }
  const forge = 'node_modules/@electron-forge/cli/dist/electron-forge.js'
  const run = runIn(checkout.app, [forge, 'package'], env)
  expect(await run.ended, run.err()).toBe(0)
  resources = path.join(out, `Latchkey-${process.platform}-${process.arch}`, 'resources')
  inside = path.join(checkout.folder, 'inside')
  extractAll(path.join(resources, 'app.asar'), inside)
})
afterAll(() => checkout.remove())

const node = (script: string) =>
  execFileSync(process.execPath, ['-e', script], { cwd: inside, encoding: 'utf8', timeout: 10_000 }).trim()

describe.skipIf(process.platform === 'darwin')('the package', () => {
  it('holds the page, the migrations and the four programs', () => {
    expect(fs.readFileSync(path.join(inside, 'web/index.html'), 'utf8')).toContain('Latchkey')
    expect(fs.readdirSync(path.join(resources, 'migrations/desk'))).toContain('0001-initial.sql')
    expect(fs.readdirSync(path.join(inside, '.vite/build'))).toEqual(
      expect.arrayContaining(['bridge.cjs', 'desk-child.cjs', 'door-thread.cjs', 'electron.cjs']),
    )
    expect(JSON.parse(fs.readFileSync(path.join(inside, 'package.json'), 'utf8')).main).toBe('.vite/build/electron.cjs')
  })

  it('has its native code outside of the archive, for this system only', () => {
    const unpacked = fs.readdirSync(`${resources}/app.asar.unpacked`, { recursive: true, encoding: 'utf8' })
    const natives = unpacked.filter((name) => name.endsWith('.node'))
    expect(natives.some((name) => name.includes('better-sqlite3'))).toBe(true)
    expect(natives.some((name) => name.includes('bindings-cpp'))).toBe(true)
    expect(natives.filter((name) => !name.includes(process.platform))).toEqual([])
  })

  it('opens a database and lists ports with nothing but what it carries', () => {
    const sqlite =
      "const D = require('better-sqlite3'); console.log(new D(':memory:').prepare('SELECT 6 * 7').pluck().get())"
    expect(node(sqlite)).toBe('42')
    expect(node("require('serialport').SerialPort.list().then((ports) => console.log(Array.isArray(ports)))")).toBe(
      'true',
    )
    expect(node("console.log(typeof require('pino').pino)")).toBe('function')
  })

  it('runs the desk with its door thread', async () => {
    const child = new Child(path.join(inside, '.vite/build/desk-child.cjs'))
    const said = (kind: FromDesk['kind']) =>
      new Promise<FromDesk>((resolve, reject) => {
        child.on('exit', () => reject(new Error('The desk ended')))
        child.on('message', (message: FromDesk) => {
          if (message.kind === kind || message.kind === 'failed') resolve(message)
        })
      })
    const ready = said('ready')
    child.postMessage({
      kind: 'start',
      version: '0.1.0',
      dataDir: path.join(checkout.folder, 'data'),
      migrations: path.join(resources, 'migrations'),
      doorThread: path.join(inside, '.vite/build/door-thread.cjs'),
      reportThread: path.join(inside, '.vite/build/report-thread.cjs'),
      webFolder: path.join(inside, 'web'),
      doors: '127.0.0.1:0',
      stripeBase: null,
      stripeKey: null,
      mailPassword: null,
      notes: [],
    })
    expect(await ready).toEqual({ kind: 'ready' })
    const hello = said('message')
    child.postMessage({ kind: 'open' })
    expect(await hello).toMatchObject({ message: { kind: 'hello', version: '0.1.0' } })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    child.postMessage({ kind: 'stop' })
    expect(await ended).toBe(0)
  })
})
