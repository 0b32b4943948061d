// The main job by the command line alone: the demo, as somebody would try it out.
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectDesk } from '../../src/main/host/desk-client.ts'
import { openForReading } from '../../src/main/store/open.ts'
import type { MemberRow, Status } from '../../src/preload/shapes.ts'
import type { Adoption, DoorHealth } from '../../src/preload/shapes-devices.ts'
import type { Explanation } from '../../src/preload/shapes-doors.ts'
import type { PlanLint, PlanTemplate } from '../../src/preload/shapes-plans.ts'
import { freshDir, type Served, startServe, until } from '../serving.ts'
import { MIGRATIONS } from '../store/folder.ts'

let demo: Served
/** Somebody has a broker at MQTT's own port: we, or another test. */
const other = net.createServer()
beforeAll(async () => {
  other.on('error', () => {}).listen(1883, '127.0.0.1')
  demo = await startServe(['--demo'])
  await until(async () => (await demo.json<Status>('status')).credentials > 150, 'cards in the demo')
})
afterAll(() => {
  other.close()
  return demo.stop()
})

it('prints one line of JSON when it is ready, and the sign-in link on stderr', () => {
  expect(demo.output.stdout.trimEnd().split('\n')).toHaveLength(1)
  expect(demo.ready).toMatchObject({ ready: true, pid: expect.any(Number) })
  expect(demo.ready.ui).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(demo.output.stderr).toContain(`${demo.ready.ui}/sign-in?link=`)
})

it('has about 250 people in every standing, five doors and two readers', async () => {
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
    { id: 'store', driver: 'relay', online: true },
    { id: 'studio', driver: 'esp-rfid', online: true },
  ])
  expect({ signups, outbox }).toEqual({ signups: { open: 0 }, outbox: { waiting: 0, dead: 0 } })
  expect(audit.head.actions).toMatch(/^[0-9a-f]{64}$/)
  expect(await demo.json('reader', 'list')).toMatchObject([
    { port: 'sim:desk', door: null, state: 'ready' },
    { port: 'sim:store', door: 'store', state: 'ready' },
  ])
})

it('sends whoever pays to a page of its own that thanks them', async () => {
  const desk = await connectDesk(demo.dataDir, MIGRATIONS, 'test')
  const settings = await desk.call('settings.get', {})
  desk.close()
  const page = await fetch((settings.ok && settings.value.website) || '')
  expect(await page.text()).toContain('You can close this page.')
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
  const card = await goodCard()
  // Plugged in again it fetches the list of now; a month has gone by in the test before.
  for (const turn of ['cut', 'mend']) await demo.run('demo', turn, 'front')
  const swipe = async (shown: string) => desk.call('demo.swipe', { door: 'front', card: shown })
  expect((await demo.run('demo', 'cut', 'front')).stdout).toMatch(/^Door front is cut off/)
  const alone = { receipt: null, offline: true }
  expect(await swipe(card)).toMatchObject({ value: { ...alone, grant: true, reason: 'ok' } })
  expect(await swipe('em:00000000AA')).toMatchObject({ value: { ...alone, grant: false, reason: 'unknown-card' } })
  expect((await demo.run('demo', 'tell', 'front', 'forced')).stdout).toMatch(/keeps it until it is plugged in again/)
  const before = uploadedAt('front')
  expect(await demo.json('demo', 'mend', 'front')).toMatchObject({ id: 'front', cut: false, waiting: 0 })
  // Sample people may have come meanwhile as well.
  expect(uploadedAt('front').slice(before.length)).toEqual(expect.arrayContaining(['ok', 'unknown-card', 'forced']))
  expect(await swipe(card)).toMatchObject({ value: { grant: true, offline: false, receipt: expect.any(String) } })
  desk.close()
})

function uploadedAt(door: string): string[] {
  const access = openForReading(demo.dataDir, 'access', MIGRATIONS)
  try {
    const rows = access
      .prepare("SELECT reason FROM decision WHERE door_id = ? AND rule IN ('uploaded', 'sensor') ORDER BY seq")
      .all(door) as { reason: string }[]
    return rows.map(({ reason }) => reason)
  } finally {
    access.close()
  }
}

it('keeps a box of cards: labelled, lent, back, replaced, told, and a file of them taken in and back', async () => {
  const [one, other] = await demo.json<MemberRow[]>('members')
  const [fob, old, fresh] = ['em:00C0FFEE01', 'em:00C0FFEE02', 'em:00C0FFEE03']
  const ran = async (...words: string[]) => (await demo.run('card', ...words)).stdout.trimEnd()
  expect(await ran('stock', fob, '--loaner', '--label', 'Fob 1')).toBe(`${fob}  unassigned  Fob 1  loaner`)
  expect(await demo.json('card', 'label', fob, 'Fob 7')).toMatchObject({ label: 'Fob 7' })
  expect(await demo.json('card', 'lend', fob, one?.id ?? '', '--due', '2099-12-31')).toMatchObject({
    member: { id: one?.id },
    dueAt: expect.stringMatching(/^(2099-12-31|2100-01-01)T/),
  })
  expect(await demo.json('card', 'back', fob)).toMatchObject({ state: 'unassigned', member: null })
  expect(await ran('history', fob)).toMatch(/\(lent\)[\s\S]*Given back\. \(owner\)[\s\S]*Labelled “Fob 7”/)
  await demo.json('card', 'add', one?.id ?? '', old)
  expect(await demo.json('card', 'replace', old, fresh, '--reason', 'damaged')).toMatchObject({ canonical: fresh })
  expect(await demo.json('card', 'history', old)).toMatchObject({ card: { state: 'revoked' } })
  await demo.json('card', 'add', other?.id ?? '', 'w26:EEDD01')
  expect(await demo.json('card', 'upgrade', 'w26:EEDD01', 'em:0000EEDD01')).toMatchObject({ member: { id: other?.id } })

  const file = path.join(freshDir(), 'box.csv')
  fs.writeFileSync(file, `card;member\nem:00C0FFEE11;${one?.id}\nem:00C0FFEE12;\n${fob};${one?.id}\n`)
  expect(await ran('import', file)).toMatch(
    /line 4 +no [^\n]*loaner[^\n]*\n2 of 3 lines would be taken in, with --yes\.$/,
  )
  expect(await demo.json('card', 'history', 'em:00C0FFEE12')).toMatchObject({ facts: [] })
  const receipt = await demo.json<{ id: string }>('card', 'import', file, '--yes')
  expect(receipt).toMatchObject({ given: 1, stocked: 1, refused: [{ line: 4 }] })
  expect(await demo.json('card', 'undo-import', receipt.id)).toEqual({ undone: 2, kept: [] })
})

/** Somebody whose plan opens most doors at any hour: the test may run at noon. */
async function goodCard(): Promise<string> {
  const members = await demo.json<MemberRow[]>('members', '--standing', 'current')
  return members.flatMap(({ plans, credentials }) => (plans.includes('Full member') ? credentials : []))[0] ?? ''
}

type Swiped = { grant: boolean; reason: string; offline: boolean }
const swipe = (door: string, card: string) => demo.json<Swiped>('demo', 'swipe', door, card)

it('has a store room where the desk opens a relay for what its own reader reads', async () => {
  const card = await goodCard()
  expect(await swipe('store', card)).toMatchObject({ grant: true, reason: 'ok', offline: false })
  expect(await swipe('store', 'em:00000000CC')).toMatchObject({ grant: false, reason: 'unknown-card', offline: false })
  expect((await demo.run('demo', 'cut', 'store')).stdout).toMatch(/^Door store is cut off and stays shut/)
  expect((await demo.run('demo', 'swipe', 'store', card)).stderr).toMatch(
    /stays shut until that is plugged in again\.$/m,
  )
  await demo.json('demo', 'mend', 'store')
  expect(await swipe('store', card)).toMatchObject({ grant: true })
  expect((await demo.run('demo', 'tell', 'store', 'forced')).stderr).toMatch(/it has no sensor for that\.$/m)
})

let resident = ''
const STRANGER = 'em:0B004C31E7'

it('has a studio with a box that decides by itself: looked at, taken over, cut off, and back', async () => {
  const before = await demo.json<Adoption>('door', 'adopt', 'studio')
  expect(before.adoptedAt).toBeNull()
  expect(before.unknown).toHaveLength(3)
  // Whoever lapsed in the month before may have paid by now: others have a plan that is for other doors.
  const members = await demo.json<MemberRow[]>('members')
  const isFor = new Set(members.flatMap(({ id, plans }) => (plans.includes('Studio resident') ? [id] : [])))
  const cardOf = (opens: boolean) =>
    before.matched.find((one) => one.opens === opens && isFor.has(one.member?.id ?? '') === opens)?.canonical ??
    'nobody'
  const [mayNot, may] = [cardOf(false), cardOf(true)]
  resident = may
  // Nothing on it was changed: it goes on as its former program left it.
  for (const card of [may, mayNot, STRANGER])
    expect(await swipe('studio', card)).toMatchObject({ grant: true, offline: true })
  await demo.json('door', 'adopt', 'studio', '--confirm')
  for (const card of [mayNot, STRANGER])
    await expect.poll(() => swipe('studio', card), { timeout: 60_000 }).toMatchObject({ grant: false, offline: true })
  expect((await demo.run('demo', 'cut', 'studio')).stdout).toMatch(/goes on by its list/)
  expect(await swipe('studio', may)).toMatchObject({ grant: true, offline: true })
  expect((await demo.run('demo', 'tell', 'studio', 'forced')).stderr).toMatch(/keeps nothing for later\.$/m)
  await expect.poll(studio, { timeout: 20_000 }).toMatchObject({ online: false })
  await demo.json('demo', 'mend', 'studio')
  await expect.poll(studio, { timeout: 20_000 }).toMatchObject({ online: true })
  await demo.json('demo', 'tell', 'studio', 'forced')
  await expect.poll(() => uploadedAt('studio'), { timeout: 20_000 }).toContain('forced')
})

async function studio(): Promise<DoorHealth> {
  const health = await demo.json<DoorHealth[]>('door', 'health')
  return health.find(({ id }) => id === 'studio') as DoorHealth
}

it('shows six plans to begin with, makes them once, and says what is wrong with plans', async () => {
  const template = await demo.json<PlanTemplate>('plan', 'template')
  expect(template).toMatchObject({ currency: 'eur', plans: { length: 6 } })
  expect(template.plans.every(({ plan }) => plan === null)).toBe(true)
  const made = await demo.run('plan', 'template', '--make')
  expect(made.stdout).toMatch(
    /^Passport +€100\.00 a month +fee €100\.00 +is here +no price in Stripe, no fee in Stripe$/m,
  )
  expect(await demo.json('plan', 'template', '--make')).toMatchObject({ plans: { length: 6 } })
  const linted = await demo.run('plan', 'lint', '--json')
  expect(linted.code).toBe(1)
  const { findings } = JSON.parse(linted.stdout) as PlanLint
  expect(findings.filter(({ kind }) => kind === 'no-price').map(({ plan }) => plan?.name)).toContain('Passport')
  expect((await demo.run('plan', 'lint')).stdout).toContain('Passport has no price in Stripe: choose one')
  expect(await demo.run('plan', 'template', '--currency', 'euros')).toMatchObject({ code: 1, stdout: '' })
})

it('says no in one sentence where something cannot be done', async () => {
  const cases: [string[], number, RegExp][] = [
    [['demo', 'clock', '-5d'], 2, /option/],
    [['demo', 'clock', 'soon'], 2, /write it like \+40d/],
    [['reader', 'add', '--profile', 'foo'], 2, /^"foo" is none of --profile: rdm6300 /],
    [['demo', 'swipe', 'garage', 'em:6F007B3972'], 1, /no door "garage"/],
    [['demo', 'cut', 'garage'], 1, /no door "garage"/],
    [['demo', 'tell', 'front', 'stories'], 2, /forced\|open-too-long/],
    [['explain', 'front', '0008075634', '--form', 'upside-down'], 2, /none of --form/],
    [['explain', 'front', 'em:6F007B3972', '--at', 'teatime'], 2, /no day or moment for --at/],
    [['explain', 'front', 'em:6F007B3972', '--at', '2026-02-30'], 1, /not a moment/],
    [['card', 'find', '0008075634'], 1, /may stand for different cards/],
    [['card', 'add', 'nobody@example.org', 'em:0102030405'], 1, /Nobody has the email/],
    [['card', 'import', '/no/such/file.csv'], 1, /cannot be read/],
    [['card', 'undo-import', 'never'], 1, /no such import/],
    [['card', 'lend', 'em:0102030405', 'nobody@example.org'], 1, /Nobody has the email/],
    [['card', 'back', 'em:0102030405'], 1, /not lent to anybody/],
    [['card', 'start', 'em:0102030405'], 1, /Nobody has the card/],
    [['card', 'extend', 'em:0102030405', '2099-01-01'], 1, /Nobody has the card/],
    [['card', 'replace', 'em:0102030405', 'em:0102030406', '--reason', 'eaten'], 2, /lost\|stolen\|returned\|damaged/],
    [['card', 'revoke', 'em:0102030405', '--reason', 'eaten'], 2, /lost\|stolen\|returned\|damaged/],
    [['card', 'revoke', 'em:0102030405'], 2, /--reason is missing/],
    [['members', '--standing', 'happy'], 2, /none of --standing/],
    [['members', '--colour'], 2, /no option --colour/],
    [['door', 'add', 'Front Door'], 1, /small letters/],
    [['door', 'add', 'front'], 1, /already/],
    [['reader', 'add', '--port', '/dev/ttyUSB9', '--profile', 'telepathy'], 2, /none of --profile/],
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
  // A relay at another port, and a box with another password: the one is reached, the other still taken over.
  await expect.poll(async () => (await demo.run('demo', 'swipe', 'store', 'em:6F007B3972')).code).toBe(0)
  await expect.poll(studio, { timeout: 20_000 }).toMatchObject({ online: true, parity: { adopted: true } })
  expect([(await swipe('studio', resident)).grant, (await swipe('studio', STRANGER)).grant]).toEqual([true, false])
})

it('takes cash with a receipt, closes the shift, and registers a card reader for payments', async () => {
  expect((await demo.run('cash', 'status')).stdout).toContain('No shift is open')
  const desk = await connectDesk(demo.dataDir, MIGRATIONS, 'test')
  const made = await desk.call('members.create', { name: 'Cash Walker', emails: [], phone: null })
  const member = made.ok ? (made.value.member?.id ?? '') : ''
  const plans = await desk.call('plans.list', {})
  const agreed = await desk.call('memberships.addManual', {
    member,
    plan: plans.ok ? (plans.value[0]?.id ?? '') : '',
    method: 'cash',
    from: new Date().toISOString().slice(0, 10),
    until: '2099-12-31',
    amount: { minor: 6_500, currency: 'eur' },
    taken: true,
  })
  desk.close()
  expect(agreed).toMatchObject({ ok: true })
  const shown = (await demo.run('cash', 'status')).stdout
  expect(shown).toMatch(/^C-0001 .*Cash Walker.*€65\.00\nIn the box: €65\.00\.$/m)
  expect(await demo.run('cash', 'close', '--counted', 'some')).toMatchObject({ code: 2 })
  const less = await demo.run('cash', 'close', '--counted', '60 EUR')
  expect(less).toMatchObject({ code: 1, stderr: expect.stringContaining('count again, or write down why') })
  const closed = await demo.run('cash', 'close', '--counted', '60 EUR', '--note', 'stamps')
  expect(closed).toMatchObject({ code: 0, stdout: 'The shift is closed: receipt C-0001.\n' })

  const place = ['--place-name', 'Bar', '--street', 'Street 1', '--country', 'DE']
  const added = await demo.json<{ id: string }>(
    ...['pay-reader', 'add', '--code', 'simulated-wpe', '--label', 'Bar reader', ...place],
  )
  expect((await demo.run('pay-reader', 'list')).stdout).toMatch(/Bar reader +WisePOS E, simulated +Bar +online/)
  expect(await demo.json('pay-reader', 'remove', added.id)).toEqual({ ok: true })
  expect((await demo.run('pay-reader', 'list')).stdout).not.toContain('Bar reader')
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
  const may = async (card: string) => (await demo.json<Explanation>('explain', 'gate', card)).grant
  let holder: Adoption['matched'][number] | undefined
  for (const one of before.matched) if (!holder && one.opens && (await may(one.canonical ?? ''))) holder = one
  expect(await demo.json('demo', 'swipe', 'gate', holder?.canonical ?? '')).toMatchObject({
    grant: true,
    offline: true,
  })
  await demo.json('door', 'adopt', 'gate', '--confirm')
  const atGate = () => swipe('gate', holder?.canonical ?? '')
  await expect.poll(atGate, { timeout: 20_000 }).toMatchObject({ grant: true, offline: false })
  const health = await demo.json<DoorHealth[]>('door', 'health')
  expect(health.find(({ id }) => id === 'gate')).toMatchObject({ parity: { adopted: true } })
})
