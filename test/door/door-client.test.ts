// The controller in Python that follows docs/door-link.md and nothing else.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REASONS } from '../../src/main/domain/reasons.ts'
import { type DoorDesk, startDoorDesk } from '../hardware/door-desk.ts'

const KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'

const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile('python3', [join(import.meta.dirname, 'door_client.py'), ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out: out.trimEnd(), err })
    })
  })

test('it reproduces the test vector', async () => {
  expect(await run('--vector')).toEqual({ code: 0, out: 'ok', err: '' })
})

describe('against a desk', () => {
  let desk: DoorDesk
  const ask = async (...args: string[]) => {
    const { code, out, err } = await run(desk.url, ...args)
    expect(err).toBe('')
    return { code, answer: JSON.parse(out) }
  }

  beforeAll(async () => {
    desk = await startDoorDesk('front', KEY)
  })
  afterAll(() => desk.close())

  test('it prints the answer as one line of JSON', async () => {
    expect(await ask('front', KEY, '0008075634', '--format', '8H10D')).toEqual({
      code: 0,
      answer: { grant: true, reason: 'ok', open_ms: 3000, receipt: 'r1', list_rev: 7 },
    })
    expect(JSON.parse(desk.seen.at(-1)?.body ?? '')).toMatchObject({ card: '0008075634', format: '8H10D' })
  })

  test('it asks once more with the same id when no answer comes', async () => {
    desk.seen.length = 0
    desk.faults.push('hang')
    expect(await ask('front', KEY, '6F007B3972')).toMatchObject({ code: 0, answer: { grant: true } })
    expect(new Set(desk.seen.map((request) => JSON.parse(request.body).id)).size).toBe(1)
    expect(desk.seen.map((request) => request.seq)).toEqual([1, 2])
  })

  test('it says what was refused and believes nothing that is not signed', async () => {
    expect(await ask('garage', KEY, '6F007B3972')).toEqual({ code: 1, answer: { error: 'unknown-door' } })
    expect(await ask('front', 'ff'.repeat(32), '6F007B3972')).toEqual({ code: 1, answer: { error: 'bad-proof' } })
    for (const fault of ['unsigned', 'forged'] as const) {
      desk.faults.push(fault)
      expect(await ask('front', KEY, '6F007B3972')).toEqual({ code: 1, answer: { error: 'bad-reply-signature' } })
    }
    desk.faults.push('bad-request')
    expect(await ask('front', KEY, '?')).toMatchObject({ code: 1, answer: { error: 'bad-request' } })
  })
})

test('a desk that is not there is unreachable', async () => {
  const { code, out } = await run('http://127.0.0.1:1', 'front', KEY, '6F007B3972')
  expect([code, JSON.parse(out).error]).toEqual([1, 'unreachable'])
})

test('the document lists every reason, in the order in which they hold', () => {
  const document = readFileSync(join(import.meta.dirname, '../../docs/door-link.md'), 'utf8')
  const rows = document.matchAll(/^\| `([a-z-]+)` \| (?:refused|granted)/gm)
  expect(Array.from(rows, ([, reason]) => reason)).toEqual(REASONS)
})
