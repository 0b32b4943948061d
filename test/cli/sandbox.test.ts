// `latchkey sandbox` as somebody would start it who tests a program of their own against Stripe.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Stripe from 'stripe'
import { afterAll, expect, it } from 'vitest'
import { command, latchkey } from '../serving.ts'

const cli = path.resolve(import.meta.dirname, '../../src/main/cli.ts')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-sandbox-'))
const stops: (() => void)[] = []
afterAll(() => {
  for (const stop of stops) stop()
})

async function start(...args: string[]) {
  const child = spawn(process.execPath, [cli, 'sandbox', '--check', ...args])
  stops.push(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      if (stdout.includes('\n')) resolve()
    })
    void ended.then((code) => reject(new Error(`the sandbox ended with ${code}: ${stderr}`)))
  })
  const ready = JSON.parse(stdout) as { ready: true; stripe: string; key: string; pid: number }
  const { hostname, port } = new URL(ready.stripe)
  const stripe = new Stripe(ready.key, { host: hostname, port, protocol: 'http', telemetry: false })
  const control = async (way: string, body: unknown) => {
    const headers = { authorization: `Bearer ${ready.key}` }
    const reply = await fetch(`${ready.stripe}${way}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return reply.json()
  }
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { ready, stdout: () => stdout, stripe, control, stop }
}

it('says in one line of JSON where it is and which key it takes, and ends with 0 when it is told to', async () => {
  const { ready, stdout, stripe, stop } = await start('--port', '0', '--seed', '7')
  expect(ready).toEqual({
    ready: true,
    stripe: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    key: 'sk_test_sandbox',
    pid: expect.any(Number),
  })
  expect((await stripe.customers.list({ limit: 100 })).data).toHaveLength(100)
  expect(await stop()).toBe(0)
  expect(stdout().trimEnd().split('\n')).toHaveLength(1)
})

it('keeps what happened and its clock where it is given a folder, and begins empty where it is told to', async () => {
  const first = await start('--empty', '--state', path.join(folder, 'kept'))
  expect((await first.stripe.customers.list()).data).toEqual([])
  const { id } = await first.stripe.customers.create({ email: 'kept@example.org' })
  const { now } = (await first.control('/sandbox/clock', { advance: '40d' })) as { now: string }
  expect(await first.stop()).toBe(0)
  const second = await start('--empty', '--state', path.join(folder, 'kept'))
  expect((await second.stripe.customers.list()).data).toMatchObject([{ id }])
  const later = (await second.control('/sandbox/clock', { advance: '0s' })) as { now: string }
  expect(Date.parse(later.now)).toBeGreaterThanOrEqual(Date.parse(now))
  expect(await second.stop()).toBe(0)
})

it('serves a large account, slowly or with limits, as it is told', async () => {
  const { stripe, stop } = await start('--bulk', '50000', '--latency', '30', '--no-limits')
  const began = performance.now()
  const pages = Array.from({ length: 30 }, () => stripe.customers.list({ limit: 1 }))
  for (const page of await Promise.all(pages)) expect(page.has_more).toBe(true)
  expect(performance.now() - began).toBeGreaterThan(29)
  expect(await stop()).toBe(0)
})

it('stands in the help, and refuses what makes no sense in one sentence', async () => {
  expect((await command(['--help'])).stdout).toContain('latchkey sandbox [--port N]')
  expect(await command(['sandbox', '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('--bulk N') })
  for (const args of [
    ['--port', 'http'],
    ['--port', '70000'],
    ['--bulk', 'many'],
    ['--empty', '--bulk', '9'],
    ['now'],
    ['--sed', '1'],
  ]) {
    const refused = await command(['sandbox', ...args])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1)
  }
})

it('says so when its port is taken', async () => {
  const { ready, stop } = await start()
  const second = await latchkey(['sandbox', '--port', new URL(ready.stripe).port])
  expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('is taken by another program') })
  await stop()
})
