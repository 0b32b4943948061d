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

test('a payment that the bank takes back stands in the timeline of whoever made it', async () => {
  const id = await desk.customer({ name: 'Dis Puted', email: 'disputed@example.org' }, await desk.price('Full member'))
  await desk.sync()
  const member = (await desk.ask('members.search', { text: 'disputed@example.org' }))[0]?.id ?? ''
  const texts = async () =>
    (await desk.ask('members.timeline', { id: member })).map(({ kind, text }) => `${kind}: ${text}`)
  expect((await texts()).join()).not.toContain('bank')
  const [subscription] = (await desk.stripe.subscriptions.list({ customer: id })).data
  desk.sandbox.acts.dispute(subscription?.id ?? '')
  await desk.sync()
  expect(await texts()).toContain('event: The bank questions a payment.')
  expect(await texts()).toContain('fetched: Read a new dispute: it is needs_response.')
})

test('whoever is covered reads what happened to the payer’s subscription while they were, and nothing else of the payer', async () => {
  const studio = await desk.price('Studio resident')
  const payer = await desk.customer({ name: 'Pay Er', email: 'payer@example.org' }, await desk.price('Full member'), 2)
  await desk.stripe.subscriptions.create({ customer: payer, items: [{ price: studio }] })
  await desk.sync()
  const holder = (await desk.ask('members.search', { text: 'payer@example.org' }))[0]?.id ?? ''
  const family = (await desk.ask('members.get', { id: holder })).memberships.find(({ plan }) => plan === 'Full member')
  const { member } = await desk.ask('members.create', { name: 'Co Vered', emails: [], phone: null, same: 'new' })
  const covered = member?.id ?? ''
  await desk.ask('memberships.cover', { id: family?.id ?? '', member: covered })
  const { data } = await desk.stripe.subscriptions.list({ customer: payer })
  const of = (price: string) => data.find(({ items }) => (items.data[0]?.price.id === price) === (price === studio))
  const [full, other] = [data.find((one) => one !== of(studio)), of(studio)]
  await desk.desk.deps.live.demo?.advance(5_000)
  await desk.stripe.subscriptions.update(full?.id ?? '', { pause_collection: { behavior: 'void' } })
  await desk.stripe.subscriptions.cancel(other?.id ?? '')
  await desk.desk.deps.live.demo?.advance(5_000)
  await desk.sync()
  const rows = (await desk.ask('members.timeline', { id: covered })).filter(({ kind }) => /event|fetched/.test(kind))
  expect(rows.map(({ text }) => text)).toEqual([
    'Read the subscription again: pause changed.',
    'Stripe changed the subscription.',
  ])
  expect(JSON.stringify(rows)).not.toContain(other?.id)
  // Taken off, they read no more of it.
  await desk.ask('memberships.uncover', { id: family?.id ?? '', member: covered })
  await desk.desk.deps.live.demo?.advance(5_000)
  await desk.stripe.subscriptions.cancel(full?.id ?? '')
  await desk.desk.deps.live.demo?.advance(5_000)
  await desk.sync()
  const later = (await desk.ask('members.timeline', { id: covered })).filter(({ kind }) => /event|fetched/.test(kind))
  expect(later).toHaveLength(rows.length)
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
