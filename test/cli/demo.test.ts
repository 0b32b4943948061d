// The main job by the command line alone: the demo, as somebody would try it out.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectDesk } from '../../src/main/host/desk-client.ts'
import { openForReading } from '../../src/main/store/open.ts'
import type { MemberRow, Status } from '../../src/preload/shapes.ts'
import type { Adoption } from '../../src/preload/shapes-devices.ts'
import type { Explanation } from '../../src/preload/shapes-doors.ts'
import { type Served, startServe, until } from '../serving.ts'
import { MIGRATIONS } from '../store/folder.ts'

let demo: Served
beforeAll(async () => {
  demo = await startServe(['--demo'])
  await until(async () => (await demo.json<Status>('status')).credentials > 150, 'cards in the demo')
})
afterAll(() => demo.stop())

it('prints one line of JSON when it is ready, and the sign-in link on stderr', () => {
  expect(demo.output.stdout.trimEnd().split('\n')).toHaveLength(1)
  expect(demo.ready).toMatchObject({ ready: true, pid: expect.any(Number) })
  expect(demo.ready.ui).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(demo.output.stderr).toContain(`${demo.ready.ui}/sign-in?link=`)
})

it('has about 250 people in every standing, three doors and a reader', async () => {
  const { members, sync, signups, outbox, audit } = await demo.json<Status>('status')
  expect(members.total).toBeGreaterThan(240)
  for (const standing of ['current', 'grace', 'pending', 'frozen', 'lapsed', 'ended'] as const)
    expect(members[standing]).toBeGreaterThan(2)
  expect(sync).toMatchObject({ phase: 'idle', error: null })
  const doors = async () =>
    (await demo.json<Status>('status')).doors.map(({ id, driver, online }) => ({ id, driver, online }))
  await expect.poll(doors, { timeout: 20_000 }).toEqual([
    { id: 'front', driver: 'native', online: true },
    { id: 'workshop', driver: 'native', online: true },
    { id: 'gate', driver: 'uhppote', online: true },
  ])
  expect({ signups, outbox }).toEqual({ signups: { open: 0 }, outbox: { waiting: 0, dead: 0 } })
  expect(audit.head.actions).toMatch(/^[0-9a-f]{64}$/)
  expect(await demo.json('reader', 'list')).toMatchObject([{ port: 'sim:desk', profile: 'simulated', state: 'ready' }])
})

it('enrols a card, answers at the door, explains, and lets a month change the answer', async () => {
  const [lapsing] = await demo.json<MemberRow[]>('members', '--query', 'lapse')
  const member = lapsing ?? (await soonUnpaid())
  const card = 'em:6F007B3972'
  expect(await demo.json('card', 'add', member.id, '6F 00 7B 39 72')).toMatchObject({
    canonical: card,
    state: 'active',
    member: { id: member.id },
  })
  expect(await demo.json('demo', 'swipe', 'front', card)).toMatchObject({ grant: true, reason: 'ok' })
  const found = await demo.json<MemberRow[]>('members', '--query', '0008075634')
  // The demo's other cards are by chance.
  expect(found.map(({ id }) => id)).toContain(member.id)
  const before = await demo.json<Status>('status')
  expect(await demo.json<Explanation>('explain', 'front', card)).toMatchObject({
    grant: true,
    reason: 'ok',
    rule: 'paid',
    sentence: `${member.name} may come in.`,
  })
  await demo.json('demo', 'clock', '+40d')
  const refused = await demo.json<{ grant: boolean; reason: string }>('demo', 'swipe', 'front', card)
  expect(refused).toMatchObject({ grant: false, reason: 'lapsed' })
  const why = await demo.json<Explanation>('explain', 'front', card)
  expect(why).toMatchObject({ grant: false, reason: 'lapsed' })
  expect(why.sentence).toMatch(/payment of .*failed on .*\. Access ended /)
  const after = await demo.json<Status>('status')
  // Explaining writes nothing; the one swipe of ours wrote one row, and people come and go meanwhile.
  expect(after.audit.rows).toBeGreaterThan(before.audit.rows)
  expect(await demo.json('audit', 'verify')).toMatchObject({ ok: true, firstBad: null })
})

/** Somebody paid now whose card will fail: the sandbox's sample person. */
async function soonUnpaid(): Promise<MemberRow> {
  const { SAMPLE } = await import('../../src/main/sandbox/people.ts')
  const [member] = await demo.json<MemberRow[]>('members', '--query', SAMPLE.willLapse.email)
  if (member === undefined) throw new Error('The demo has no sample person whose payment will fail')
  return member
}

it('has doors that go on by their list while they are cut off, and tell it when they are mended', async () => {
  const desk = await connectDesk(demo.dataDir, MIGRATIONS, 'test')
  const members = await demo.json<MemberRow[]>('members', '--standing', 'current')
  // Whose plan opens the door at any hour: the test may run at noon.
  const cards = members.flatMap(({ plans, credentials }) => (plans.includes('Full member') ? credentials : []))
  const card = cards[0] ?? ''
  // Plugged in again it fetches the list of now; a month has gone by in the test before.
  for (const turn of ['cut', 'mend']) await demo.run('demo', turn, 'front')
  const swipe = async (shown: string) => desk.call('demo.swipe', { door: 'front', card: shown })
  expect((await demo.run('demo', 'cut', 'front')).stdout).toMatch(/^Door front is cut off/)
  const alone = { receipt: null, offline: true }
  expect(await swipe(card)).toMatchObject({ value: { ...alone, grant: true, reason: 'ok' } })
  expect(await swipe('em:00000000AA')).toMatchObject({ value: { ...alone, grant: false, reason: 'unknown-card' } })
  expect((await demo.run('demo', 'tell', 'front', 'forced')).stdout).toMatch(/keeps it until it is plugged in again/)
  const before = uploadedAtFront()
  expect(await demo.json('demo', 'mend', 'front')).toMatchObject({ id: 'front', cut: false, waiting: 0 })
  // Sample people may have come meanwhile as well.
  expect(uploadedAtFront().slice(before.length)).toEqual(expect.arrayContaining(['ok', 'unknown-card', 'forced']))
  expect(await swipe(card)).toMatchObject({ value: { grant: true, offline: false, receipt: expect.any(String) } })
  desk.close()
})

function uploadedAtFront(): string[] {
  const access = openForReading(demo.dataDir, 'access', MIGRATIONS)
  try {
    const rows = access
      .prepare("SELECT reason FROM decision WHERE door_id = 'front' AND rule IN ('uploaded', 'sensor') ORDER BY seq")
      .all() as { reason: string }[]
    return rows.map(({ reason }) => reason)
  } finally {
    access.close()
  }
}

it('says no in one sentence where something cannot be done', async () => {
  const cases: [string[], number, RegExp][] = [
    [['demo', 'clock', '-5d'], 2, /option/],
    [['demo', 'clock', 'soon'], 1, /write it like \+40d/],
    [['demo', 'swipe', 'garage', 'em:6F007B3972'], 1, /no door "garage"/],
    [['demo', 'cut', 'garage'], 1, /no door "garage"/],
    [['demo', 'tell', 'front', 'stories'], 2, /forced\|open-too-long/],
    [['explain', 'front', '0008075634', '--form', 'upside-down'], 1, /not a form/],
    [['explain', 'front', 'em:6F007B3972', '--at', 'teatime'], 1, /not a moment/],
    [['card', 'find', '0008075634'], 1, /may stand for different cards/],
    [['card', 'add', 'nobody@example.org', 'em:0102030405'], 1, /Nobody has the email/],
    [['card', 'revoke', 'em:0102030405', '--reason', 'eaten'], 2, /lost\|stolen\|returned\|damaged/],
    [['card', 'revoke', 'em:0102030405'], 2, /--reason is missing/],
    [['members', '--standing', 'happy'], 2, /not a standing/],
    [['members', '--colour'], 2, /no option --colour/],
    [['door', 'add', 'Front Door'], 1, /small letters/],
    [['door', 'add', 'front'], 1, /already/],
    [['reader', 'add', '--port', '/dev/ttyUSB9', '--profile', 'telepathy'], 1, /not a reader profile/],
    [['sing'], 2, /no command "sing/],
    [[], 2, /lists the commands/],
    [['secret', 'set', 'stripe'], 1, /demo has its own Stripe/],
  ]
  for (const [args, code, sentence] of cases) {
    const ran = await demo.run(...args)
    expect({ args, code: ran.code, stderr: ran.stderr }).toMatchObject({
      code,
      stderr: expect.stringMatching(sentence),
    })
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(ran.stdout).toBe('')
  }
})

it('refuses a second desk on the same data, and names the first', async () => {
  await expect(startServe(['--demo'], { dataDir: demo.dataDir })).rejects.toThrow(
    new RegExp(`ended with 1: Another Latchkey \\(process ${demo.ready.pid}, at ${demo.ready.ui}\\)`),
  )
})

it('keeps people, cards and its clock over a restart', async () => {
  const before = await demo.json<Status>('status')
  expect(await demo.stop()).toBe(0)
  const offline = await demo.json<Status>('status')
  expect(offline).toMatchObject({
    credentials: before.credentials,
    sync: { phase: 'stopped' },
    members: { total: before.members.total },
  })
  demo = await startServe(['--demo'], { dataDir: demo.dataDir })
  const after = await until(async () => {
    const now = await demo.json<Status>('status')
    return now.sync.phase === 'idle' && now
  }, 'the desk to be in step again')
  expect(after.members).toEqual(before.members)
  expect(await demo.json('demo', 'swipe', 'front', 'em:6F007B3972')).toMatchObject({ reason: 'lapsed' })
})

it('works through the npm script, from any Node', async () => {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['run', '-s', 'latchkey', '--', 'status', '--json', '--data-dir', demo.dataDir],
    {
      cwd: path.resolve(import.meta.dirname, '../..'),
    },
  )
  expect(JSON.parse(stdout)).toMatchObject({ version: '0.1.0' })
})

it('has a side gate with a board of another make: looked at, taken over, and then asked by each swipe', async () => {
  const before = await demo.json<Adoption>('door', 'adopt', 'gate')
  expect(before.adoptedAt).toBeNull()
  expect(before.unknown).toHaveLength(3)
  // Some plans open at night only, whatever hour it is here.
  const may = async (card: string) =>
    (await demo.json<Explanation>('explain', 'gate', card, '--form', 'canonical')).grant
  let holder: Adoption['matched'][number] | undefined
  for (const one of before.matched) if (!holder && one.opens && (await may(one.canonical ?? ''))) holder = one
  expect(await demo.json('demo', 'swipe', 'gate', holder?.canonical ?? '')).toMatchObject({
    grant: true,
    offline: true,
  })
  await demo.json('door', 'adopt', 'gate', '--confirm')
  const swipe = () => demo.json<{ grant: boolean; offline: boolean }>('demo', 'swipe', 'gate', holder?.canonical ?? '')
  await expect.poll(swipe, { timeout: 20_000 }).toMatchObject({ grant: true, offline: false })
  expect(await demo.json('door', 'health')).toMatchObject([{}, {}, { id: 'gate', parity: { adopted: true } }])
})
