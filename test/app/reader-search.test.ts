// "What is on this port?": one search at a time, what it shows, what it learns, and how it ends.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createReaderSearch } from '../../src/main/app/reader-search.ts'
import type { ReaderSearch } from '../../src/preload/shapes-readers.ts'

type Events = Parameters<Parameters<typeof createReaderSearch>[0]['readers']['hardware']['listen']>[1]

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function start() {
  const pushed: ReaderSearch[] = []
  const open: { port: string; events: Events; typed: string[] }[] = []
  let ids = 0
  let free = () => {}
  const search = createReaderSearch({
    now: () => Date.now(),
    newId: () => `search-${++ids}`,
    readers: {
      states: () => [{ port: '/dev/used' }],
      hardware: {
        profiles: [{ name: 'line', about: 'about line', wiring: '', defaults: {} }],
        listen(port, events) {
          const one = { port, events, typed: [] as string[] }
          open.push(one)
          return {
            typed: (text) => void one.typed.push(text),
            close: () =>
              new Promise<void>((resolve) => {
                free = () => {
                  open.splice(open.indexOf(one), 1)
                  resolve()
                }
              }),
          }
        },
      },
    },
    push: (one) => pushed.push(one),
  })
  const begin = (port: string) => {
    const begun = search.begin(port)
    if (!begun.ok) throw new Error(begun.refusal.sentence)
    return begun.value
  }
  return { search, pushed, open, begin, free: () => free(), last: () => pushed.at(-1) as ReaderSearch }
}

const heard = (found: [form: string, card: string][]) => ({
  at: Date.now(),
  hex: '30',
  text: '0',
  found: found.map(([form, card]) => ({ profile: 'line', settings: { form }, card })),
})

test('it shows what is heard, and a printed number leaves the reading that fits', async () => {
  const { search, open, begin, last } = start()
  const { id } = begin(' /dev/ttyUSB0 ')
  await vi.advanceTimersByTimeAsync(0)
  expect(open[0]?.port).toBe('/dev/ttyUSB0')
  const { events } = open[0] as (typeof open)[number]
  events.state({ kind: 'starting' }, { asking: true, baud: 115_200 })
  expect(last().state).toBe('asking')
  events.state({ kind: 'denied', sentence: 'Join the group dialout.' }, { asking: false, baud: 9_600 })
  expect(last()).toMatchObject({ state: 'trouble', sentence: 'Join the group dialout.' })
  events.state({ kind: 'ready' }, { asking: false, baud: 9_600 })
  expect(last()).toMatchObject({ state: 'listening', sentence: 'Hold a card at the reader now.' })
  events.state({ kind: 'ready' }, { asking: false, baud: 115_200 })
  expect(last()).toMatchObject({ state: 'listening', sentence: expect.stringContaining('115200') })

  expect(search.learn(id, '1EA68671')).toMatchObject({ ok: false, refusal: { code: 'wrong-state' } })
  for (let n = 0; n < 9; n += 1) events.heard(heard([]))
  expect(last().heard).toHaveLength(6)
  expect(last().guesses).toEqual([])
  events.heard(
    heard([
      ['8H10D', 'w34:7186A61E'],
      ['iso14a-lsb-dec', 'iso14a:1EA68671'],
      ['iso14a-msb-dec', 'iso14a:7186A61E'],
    ]),
  )
  expect(last().guesses).toHaveLength(3)
  expect(search.learn(id, '12')).toMatchObject({ ok: false, refusal: { code: 'unreadable' } })
  expect(search.learn(id, '1EA68671')).toMatchObject({
    ok: true,
    value: {
      guesses: [
        { about: 'about line', settings: { form: 'iso14a-lsb-dec' }, card: 'iso14a:1EA68671', short: '1E A6 86 71' },
      ],
    },
  })
  // Another number of the same card begins from all its readings again.
  expect(search.learn(id, '1904649758')).toMatchObject({ ok: true, value: { guesses: [{}, {}] } })
  expect(search.learn('search-0', '12')).toMatchObject({ ok: false })
})

test('one at a time, for a minute from the last card, and the next waits until the port is free', async () => {
  const { search, open, begin, free, last, pushed } = start()
  expect(search.begin('/dev/used')).toMatchObject({ ok: false, refusal: { code: 'taken' } })
  expect(search.begin(' ')).toMatchObject({ ok: false, refusal: { code: 'bad-request' } })
  begin('/dev/a')
  expect(search.begin('/dev/b')).toMatchObject({ ok: false, refusal: { code: 'busy' } })
  await vi.advanceTimersByTimeAsync(50_000)
  const { events } = open[0] as (typeof open)[number]
  events.heard(heard([]))
  await vi.advanceTimersByTimeAsync(59_000)
  expect(last().state).not.toBe('ended')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(last()).toMatchObject({ state: 'ended', sentence: expect.stringContaining('a minute') })

  const second = begin('/dev/a')
  await vi.advanceTimersByTimeAsync(10)
  expect(open).toHaveLength(1)
  free()
  await vi.advanceTimersByTimeAsync(10)
  expect(open).toHaveLength(1)
  expect(open[0]?.events).not.toBe(events)
  // What the one before still tells is told to nobody.
  const told = pushed.length
  events.heard(heard([]))
  events.state({ kind: 'ready' }, { asking: false, baud: null })
  expect(pushed).toHaveLength(told)
  const stopped = search.end(second.id)
  expect(last().state).toBe('ended')
  free()
  await stopped
  expect(open).toEqual([])
})

test('what is typed goes to a search at the keyboard alone', async () => {
  const { search, open, begin, free } = start()
  expect(search.typed('0008075634')).toBe(false)
  const port = begin('/dev/a')
  await vi.advanceTimersByTimeAsync(0)
  expect(search.typed('0008075634')).toBe(false)
  void search.end(port.id)
  free()
  begin('keyboard')
  await vi.advanceTimersByTimeAsync(0)
  expect(search.typed('0008075634')).toBe(true)
  expect(open[0]?.typed).toEqual(['0008075634'])
  const stopping = search.stop()
  free()
  await stopping
})
