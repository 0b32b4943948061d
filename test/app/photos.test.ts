// Photos of people from the call to the file, and cards that were reported lost and are tried, from the door to the sentence.
import { beforeEach, expect, it } from 'vitest'
import { reinstateCard, revokeCard } from '../../src/main/app/card-state.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { decide } from '../../src/main/domain/decide.ts'
import { photoRefusals } from '../../src/main/domain/photos-en.ts'
import { receiptInputs } from '../../src/main/domain/receipt.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import { readDoorSnapshot } from '../../src/main/store/door-snapshot.ts'
import { doorById } from '../../src/main/store/doors.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import type { Args, CallName, Refusal, Reply } from '../../src/preload/contract.ts'
import { sampleJpeg, segment } from '../domain/sample-jpeg.ts'
import { openFresh } from '../store/folder.ts'
import { type AgreedDesk, openAgreedDesk, value } from './agreed-desk.ts'

/** Ada's and Ben's. */
const CARD = 'em:0A00000000'
const OTHER = 'em:0A00000001'
/** Two pictures that differ. */
const FACE = sampleJpeg({ scan: [1, 2, 3] }).toString('base64')
const NEWER = sampleJpeg({ scan: [4, 5, 6] }).toString('base64')

let desk: AgreedDesk
let deps: DeskDeps
let access: WriteDb
let broken: string[]
let tries = 0

beforeEach(() => {
  desk = openAgreedDesk('2026-03-10T10:00:00Z')
  access = openFresh('access')
  deps = Object.assign(desk.deps, { access })
  broken = []
})

const call = (name: string, args: unknown) =>
  answerCall(deps, owner(), name, args, (line, error) => broken.push(`${line}: ${String(error)}`))

async function ask<N extends CallName>(name: N, args: Args<N>): Promise<Reply<N>> {
  return value((await call(name, args)) as never)
}

async function refused<N extends CallName>(name: N, args: Args<N>): Promise<[Refusal['code'], string]> {
  const outcome = await call(name, args)
  if (outcome.ok) throw new Error(`${name} was done`)
  return [outcome.refusal.code, outcome.refusal.sentence]
}

const actions = () =>
  deps.live.db
    .prepare("SELECT kind, subject FROM action WHERE kind LIKE 'photo-%' OR kind LIKE '%-lost' ORDER BY seq")
    .all()
const kept = () =>
  deps.live.db.prepare('SELECT member_id, removed, picture IS NOT NULL AS kept FROM member_photo').raw().all()

/** As the door thread answers and writes it; the number of its row. */
function swipe(card: string, told: { uploadedAt?: string } = {}): number {
  const front = doorById(deps.desk, 'front')
  if (front === null) throw new Error('no front door')
  const at = deps.now()
  const snapshot = readDoorSnapshot({ desk: deps.desk, access }, front, { text: card, form: undefined }, at)
  const { grant, reason, detail, rule } = decide(snapshot.input)
  tries += 1
  return appendDecision(access, deps.deskId, {
    at,
    doorId: 'front',
    presentationId: `p-${tries}`,
    cardText: card,
    canonical: snapshot.canonical,
    memberId: snapshot.memberId,
    granted: grant,
    reason,
    detail,
    receipt: `r-${tries}`,
    rule,
    inputs: { ...receiptInputs(snapshot, decide(snapshot.input)), ...told },
    answer: {},
  })
}

it('keeps one photo of a person, tells which, and erases what was replaced or taken off', async () => {
  expect(await refused('members.photo', { id: 'ada' })).toEqual(['not-found', 'ada has no photo.'])
  await ask('members.setPhoto', { id: 'ada', jpeg: FACE })
  const first = await ask('members.photo', { id: 'ada' })
  expect(first.jpeg).toBe(FACE)
  expect(await ask('members.photos', {})).toEqual({ ada: first.version })
  await ask('members.setPhoto', { id: 'ada', jpeg: NEWER })
  const second = await ask('members.photo', { id: 'ada' })
  expect(second.jpeg).toBe(NEWER)
  expect(second.version).not.toBe(first.version)
  await ask('members.removePhoto', { id: 'ada' })
  expect(await ask('members.photos', {})).toEqual({})
  expect(await refused('members.removePhoto', { id: 'ada' })).toEqual(['wrong-state', 'ada has no photo.'])
  // That there were two, and that the last was taken off, stays known; neither picture does.
  expect(kept()).toEqual([
    ['ada', 0, 0],
    ['ada', 0, 0],
    ['ada', 1, 0],
  ])
  expect(actions()).toEqual(['set', 'set', 'removed'].map((what) => ({ kind: `photo-${what}`, subject: 'ada' })))
  const told = (await ask('members.timeline', { id: 'ada' })).map(({ text, detail }) => [text, detail])
  expect(told).toContainEqual(['The photo was taken off.', 'by owner'])
  expect(broken).toEqual([])
})

it('refuses what is no photo, in one sentence and without a trace', async () => {
  const exif = sampleJpeg({ parts: [segment(0xe1, [...Buffer.from('Exif\0\0')])] })
  const refusals: [string, keyof typeof photoRefusals][] = [
    ['', 'no-jpeg'],
    [Buffer.from('hello').toString('base64'), 'no-jpeg'],
    ['<img src=x onerror=alert(1)>', 'no-jpeg'],
    [`${FACE}!`, 'no-jpeg'],
    [sampleJpeg({ scan: new Array(200_000).fill(1) }).toString('base64'), 'too-big'],
    [sampleJpeg({ width: 4_000, height: 3_000 }).toString('base64'), 'wrong-size'],
    [exif.toString('base64'), 'more-inside'],
  ]
  for (const [jpeg, fault] of refusals) {
    expect(await refused('members.setPhoto', { id: 'ada', jpeg })).toEqual(['bad-request', photoRefusals[fault]])
    expect(photoRefusals[fault]).toMatch(/^[A-Z].*[^.]\.$/)
  }
  expect([kept(), actions(), broken]).toEqual([[], [], []])
})

it('takes a photo along when people are merged, where the one who stays has none, and gives it back', async () => {
  await ask('members.setPhoto', { id: 'ben', jpeg: FACE })
  const { merge } = await ask('members.merge', { keep: 'ada', from: 'ben' })
  expect((await ask('members.photo', { id: 'ada' })).jpeg).toBe(FACE)
  expect(Object.keys(await ask('members.photos', {}))).toEqual(['ada'])
  await ask('members.setPhoto', { id: 'ada', jpeg: NEWER })
  expect((await ask('members.photo', { id: 'ada' })).jpeg).toBe(NEWER)
  await ask('members.unmerge', { merge })
  expect((await ask('members.photo', { id: 'ben' })).jpeg).toBe(FACE)
  expect((await ask('members.photo', { id: 'ada' })).jpeg).toBe(NEWER)
  // Taken off is taken off, whoever it came from.
  const again = await ask('members.merge', { keep: 'ada', from: 'ben' })
  await ask('members.removePhoto', { id: 'ada' })
  await ask('members.unmerge', { merge: again.merge })
  expect(await ask('members.photos', {})).toEqual({})
  expect(broken).toEqual([])
})

it('sets none of somebody who was put away or is not there, and takes off that of either', async () => {
  await ask('members.setPhoto', { id: 'ada', jpeg: FACE })
  value(revokeCard(deps, CARD, 'returned'))
  await ask('members.archive', { id: 'ada' })
  expect((await refused('members.setPhoto', { id: 'ada', jpeg: NEWER }))[0]).toBe('wrong-state')
  expect((await refused('members.setPhoto', { id: 'nobody', jpeg: NEWER }))[0]).toBe('not-found')
  expect((await refused('members.removePhoto', { id: 'nobody' }))[0]).toBe('not-found')
  expect((await refused('members.photo', { id: 'nobody' }))[0]).toBe('not-found')
  await ask('members.removePhoto', { id: 'ada' })
  expect(kept().map((row) => (row as number[])[2])).toEqual([0, 0])
})

it('a lost card that is tried stands out until it is found, or somebody has looked', async () => {
  const waiting = async () => (await ask('feed.lostCards', {})).map(({ seq }) => seq)
  const granted = swipe(OTHER)
  value(revokeCard(deps, CARD, 'lost'))
  expect(await waiting()).toEqual([])
  desk.setClock('2026-03-12T10:00:00Z')
  const [first, second] = [swipe(CARD), swipe(CARD)]
  expect(await waiting()).toEqual([second, first])
  // In public: who, where, and that faces are to be compared, but not why.
  const [row] = await ask('feed.lostCards', {})
  expect(row).toEqual({
    seq: second,
    at: '2026-03-12T10:00:00.000Z',
    door: { id: 'front', name: 'Front door' },
    member: { id: 'ada', name: 'ada' },
    card: '0000000000',
    event: null,
    verdict: 'refused',
    wentOut: false,
    compare: true,
  })
  const recent = await ask('feed.recent', { limit: 10 })
  expect(recent.map(({ seq, compare }) => [seq, compare])).toEqual([
    [second, true],
    [first, true],
    [granted, false],
  ])

  const why = async () => ask('feed.why', { seq: first })
  expect(await why()).toMatchObject({
    reason: 'card-lost',
    sentence: 'This card was reported lost by ada on 10 Mar. Check who holds it.',
    remedies: ['found-again', 'keep-lost'],
    card: CARD,
  })
  await ask('members.setPhoto', { id: 'ada', jpeg: FACE })
  expect((await why()).sentence).toBe('This card was reported lost by ada on 10 Mar. Look at the photo.')

  expect((await refused('feed.keepLost', { seq: granted }))[0]).toBe('wrong-state')
  await ask('feed.keepLost', { seq: first })
  expect(await waiting()).toEqual([])
  expect((await why()).remedies).toEqual(['found-again'])
  expect((await refused('feed.keepLost', { seq: second }))[0]).toBe('wrong-state')
  expect(actions()).toContainEqual({ kind: 'card-kept-lost', subject: CARD })

  // Tried anew it is there again, until it is found.
  desk.setClock('2026-03-13T10:00:00Z')
  const third = swipe(CARD)
  expect(await waiting()).toEqual([third])
  value(reinstateCard(deps, CARD))
  expect(await waiting()).toEqual([])
  expect((await why()).remedies).toEqual([])
  // Tries from before it was reported again are over; one that a door tells of late is not.
  desk.setClock('2026-03-14T10:00:00Z')
  value(revokeCard(deps, CARD, 'stolen'))
  expect(await waiting()).toEqual([])
  const fourth = swipe(CARD, { uploadedAt: '2026-03-14T18:00:00.000Z' })
  expect(await waiting()).toEqual([fourth])
  expect((await ask('feed.why', { seq: fourth })).sentence).toContain('reported stolen by ada today')
  expect(broken).toEqual([])
})
