// One person's story from event to door, and that reading it is quick in a large space.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeline } from '../../src/main/app/timeline.ts'
import type { ReadDb } from '../../src/main/store/open.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
beforeAll(async () => {
  desk = await openWholeDesk()
})
afterAll(async () => {
  await desk.stop()
  expect(desk.failures).toEqual([])
})

test('a timeline tells event, read, standing and card of one person, newest first', async () => {
  const id = await desk.customer({ name: 'Time Line', email: 'timeline@example.org' }, await desk.price('Full member'))
  await desk.sync()
  const member = (await desk.ask('members.search', { text: 'timeline@example.org' }))[0]?.id ?? ''
  await desk.ask('cards.add', { member, card: 'em:0C00000001' })
  const [subscription] = (await desk.stripe.subscriptions.list({ customer: id })).data
  await desk.stripe.subscriptions.cancel(subscription?.id ?? '')
  await desk.desk.deps.live.demo?.advance(2_000)
  await desk.sync()
  const rows = await desk.ask('members.timeline', { id: member })
  const texts = rows.map(({ kind, text }) => `${kind}: ${text}`)
  expect(texts).toContain('event: Stripe ended the subscription.')
  expect(texts).toContain('fetched: Read the subscription again: it is canceled, was active.')
  expect(texts).toContain('standing: Ended, on Full member: cancelled at once. So doors refuse; one card.')
  expect(texts).toContain('card: A card was enrolled.')
  const times = rows.map(({ at }) => at)
  expect(times).toEqual(times.toSorted().toReversed())
  await desk.refused('members.timeline', { id: 'nobody' })
})

test('a payment that fails is told with the day to which doors open', async () => {
  const grace = (await desk.ask('members.list', { standing: 'grace' })).rows.find(
    ({ graceUntil }) => graceUntil !== null,
  )
  const rows = await desk.ask('members.timeline', { id: grace?.id ?? '' })
  const last = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'Europe/Berlin' })
  const day = last.format(Date.parse(grace?.graceUntil ?? '') - 1)
  const told = rows.find(({ kind }) => kind === 'standing')?.text ?? ''
  expect(told).toMatch(/^In grace, on .*: a payment is late/)
  if (!/until (today|tomorrow|yesterday)/.test(told)) expect(told).toContain(`So doors open until ${day}, then refuse`)
})

test('a timeline looks through no table from its start to its end', async () => {
  const texts: string[] = []
  const watched = (db: ReadDb): ReadDb =>
    new Proxy(db, {
      get(target, key) {
        const value = Reflect.get(target, key)
        if (key === 'prepare')
          return (sql: string) => {
            texts.push(sql)
            return target.prepare(sql)
          }
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  const { deps } = desk.desk
  const [member] = (await desk.ask('members.list', {})).rows
  timeline({ ...deps, desk: watched(deps.desk), access: deps.access && watched(deps.access) }, { id: member?.id ?? '' })
  const plans = texts.flatMap((sql) => {
    const db = / decision /.test(sql) ? deps.access : deps.desk
    const steps = db?.prepare(`EXPLAIN QUERY PLAN ${sql.replace(/@\w+|\?/g, 'NULL')}`).all() as { detail: string }[]
    return steps.map(({ detail }) => detail)
  })
  expect(plans.filter((step) => step.startsWith('SEARCH')).length).toBeGreaterThan(6)
  // But what a space has a handful of, and what such a question gathers by itself.
  const small = /^SCAN (plan|door|setting|p|person|json_each|CONSTANT ROW)\b/
  expect(plans.filter((step) => step.startsWith('SCAN') && !small.test(step))).toEqual([])
})
