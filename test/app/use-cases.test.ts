// Use cases on a real database: what they change, what they log, and the sentence with which they say no.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { reinstateCard, revokeCard, suspendCard } from '../../src/main/app/card-state.ts'
import { stockCard } from '../../src/main/app/card-stock.ts'
import { changeSettings } from '../../src/main/app/change-settings.ts'
import {
  advanceClock,
  cutDoor,
  demoDoors,
  demoSwipe,
  payAtReader,
  presentCard,
  tellAtDoor,
} from '../../src/main/app/demo.ts'
import type { DemoControls, DeskDeps, Live } from '../../src/main/app/deps.ts'
import { enrolCard, findMember } from '../../src/main/app/enrol-card.ts'
import { explain } from '../../src/main/app/explain.ts'
import { findCard, listCards } from '../../src/main/app/find-card.ts'
import { addDoor, dropDoor, listDoors, rekeyDoor } from '../../src/main/app/manage-doors.ts'
import { findMembers, listMembers } from '../../src/main/app/member-views.ts'
import { restrictDoor } from '../../src/main/app/restrict-door.ts'
import type { Result } from '../../src/main/app/result.ts'
import { status, todo, verifyAudit } from '../../src/main/app/status.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { insertStripeMembership, writeEntitlement } from '../../src/main/store/entitlements.ts'
import { addEmail, insertMember } from '../../src/main/store/members.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { upsertProductPlan } from '../../src/main/store/plans.ts'
import { readSettings, writeSetting } from '../../src/main/store/settings.ts'
import { emptyTally } from '../../src/main/stripe/mirror.ts'
import { StripeTrouble } from '../../src/main/stripe/port.ts'
import { entitlement } from '../domain/samples.ts'
import { openNew } from '../store/folder.ts'

/** Wednesday 18 March 2026, 10:00 in Berlin. */
const NOW = Date.parse('2026-03-18T09:00:00Z')
const ADA = '01950000-0000-7000-8000-00000000000a'
const BOB = '01950000-0000-7000-8000-00000000000b'
const EVE = '01950000-0000-7000-8000-00000000000e'
const CARD = 'em:6F007B3972'
const OTHER = 'em:6F007B3973'
const NOBODY = 'em:0000000001'

let close = () => {}
afterEach(() => close())

type World = {
  deps: DeskDeps
  db: WriteDb
  plan: string
  pushed: string[]
  derivedAll: () => number
  syncs: () => number
  actions: () => { kind: string; subject: string; detail: unknown; operator: string }[]
  pass: (ms: number) => void
}

/** Ada pays for a plan; Bob and Eve share an email and have nothing. Of what only a running desk has: doubles. */
function open(change: { demo?: DemoControls; sync?: () => Promise<never> } = {}): World {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-use-'))
  const db = openNew(folder)
  close = () => {
    db.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
  let at = NOW
  let derivedAll = 0
  let syncs = 0
  const pushed: string[] = []
  const newId = () => uuidv7(at, randomBytes(10))
  const none = (what: string) => () => {
    throw new Error(`${what} is not of this test`)
  }
  const live: Live = {
    db,
    newId,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    operator: 'owner',
    sync: {
      report: () => ({ phase: 'idle', error: null, offlineSince: null, gapDays: null, progress: null }),
      stripe: () => null,
      run: async () => {
        syncs += 1
        await change.sync?.()
        return {
          changed: emptyTally().changed,
          drift: null,
        }
      },
      setStripe: none('setStripe'),
      deriveAll: async () => {
        derivedAll += 1
      },
      stop: none('stop'),
    },
    readers: {
      hardware: { profiles: [], open: none('open'), listPorts: none('listPorts'), listen: none('listen') },
      states: () => [],
      typed: none('typed'),
      open: none('open'),
      close: none('close'),
      closeAll: none('closeAll'),
    },
    readerSearch: {
      begin: none('begin'),
      learn: none('learn'),
      typed: none('typed'),
      end: none('end'),
      stop: none('stop'),
    },
    waits: {
      begin: none('begin'),
      current: () => null,
      stop: none('stop'),
      onRead: none('onRead'),
      onReaders: none('onReaders'),
    },
    signUps: {
      run: none('run'),
      isRunning: () => false,
      trouble: () => null,
      stop: none('stop'),
      resume: none('resume'),
      tend: none('tend'),
      close: none('close'),
    },
    changes: {
      inTurn: none('inTurn'),
      settle: none('settle'),
      settleLater: none('settleLater'),
      resume: none('resume'),
      close: none('close'),
    },
    readerQueue: { stand: none('stand'), leave: none('leave'), first: () => null },
    payments: {
      run: none('run'),
      isRunning: () => false,
      trouble: () => null,
      stop: none('stop'),
      once: none('once'),
      resume: none('resume'),
      close: none('close'),
    },
    aside: none('aside'),
    askDoors: async () => null,
    deviceState: () => null,
    doorSeen: () => null,
    secrets: {
      state: () => ({ source: 'none', mode: null }),
      setStripe: none('setStripe'),
      setWebhook: none('setWebhook'),
    },
    mail: { password: () => null, keepPassword: none('keepPassword'), send: none('send'), wake: () => undefined },
    webhooks: { receive: none('receive'), figures: none('figures') },
    computer: none('computer'),
    openRecording: none('openRecording'),
    demo: change.demo ?? null,
    signIns: { link: none('signIns.link'), endAll: none('signIns.endAll') },
    push: (name) => pushed.push(name),
    pushLamps: () => pushed.push('lamps'),
  }
  const deps: DeskDeps = { version: '1', desk: db, access: null, report: null, deskId: 'desk-1', now: () => at, live }
  writeSetting(db, 'timeZone', 'Europe/Berlin', NOW)
  const people: [string, string, string][] = [
    [ADA, 'Ada Lovelace', 'Ada@Example.org'],
    [BOB, 'Bob Byron', 'home@example.org'],
    [EVE, 'Eve Byron', 'Home@example.org'],
  ]
  for (const [id, name, email] of people) {
    insertMember(db, { id, name, phone: null, createdAt: NOW - DAY }, 'desk-1')
    addEmail(db, id, email, NOW - DAY)
  }
  const plan = upsertProductPlan(db, { id: newId(), account: 'a', productId: 'p', name: 'Full member', at: NOW })
  const membership = { id: 'm1', account: 'a', subscriptionId: 's', planId: plan, memberId: ADA }
  insertStripeMembership(db, { ...membership, from: NOW - 90 * DAY, at: NOW - DAY, origin: 'desk-1' })
  writeEntitlement(db, entitlement({ membershipId: 'm1', planId: plan, paidUntil: NOW + 10 * DAY }), null, NOW)
  writeSyncState(db, { account: 'a', livemode: false, freshFrom: NOW - MINUTE, lastCompleteAt: NOW - MINUTE })
  return {
    deps,
    db,
    plan,
    pushed,
    derivedAll: () => derivedAll,
    syncs: () => syncs,
    actions: () =>
      (db.prepare('SELECT kind, subject, detail, operator FROM action ORDER BY seq').all() as never[]).map(
        (row: { detail: string; kind: string; subject: string; operator: string }) => ({
          ...row,
          detail: JSON.parse(row.detail),
        }),
      ),
    pass: (ms) => {
      at += ms
    },
  }
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.sentence}`)
  return result.value
}
/** What a refusal says; nothing may have been written beside it. */
function no(world: World, result: Result<unknown>, logged = 0): [string, string] {
  if (result.ok) throw new Error(`done: ${JSON.stringify(result.value)}`)
  expect(world.actions()).toHaveLength(logged)
  return [result.refusal.code, result.refusal.sentence]
}

describe('finding a person', () => {
  test.each([
    ['by id', ADA, ADA],
    ['by email', 'ada@example.org', ADA],
    ['by email in other letters and with space around', '  ADA@EXAMPLE.ORG ', ADA],
  ])('%s', (_, text, id) => {
    expect(value(findMember(open().deps.desk, text)).id).toBe(id)
  })

  test.each([
    ['ada', 'not-found', 'Nobody has the id "ada": `latchkey members` shows ids.'],
    ['', 'not-found', 'Nobody has the id "": `latchkey members` shows ids.'],
    [' x@example.org ', 'not-found', 'Nobody has the email x@example.org.'],
    ['home@example.org', 'ambiguous', `Bob Byron (${BOB}), Eve Byron (${EVE}) share this email: say which one by id.`],
  ])('not by %j', (text, code, sentence) => {
    const world = open()
    expect(no(world, findMember(world.deps.desk, text))).toEqual([code, sentence])
  })
})

describe('enrolling a card', () => {
  test('binds it, makes the person findable by it, tells screens, logs once', () => {
    const world = open()
    expect(value(enrolCard(world.deps, ADA, CARD))).toMatchObject({
      canonical: CARD,
      state: 'active',
      since: '2026-03-18T09:00:00.000Z',
      member: { id: ADA, name: 'Ada Lovelace' },
    })
    expect(world.actions()).toEqual([
      { kind: 'card-enrolled', subject: CARD, detail: { member: ADA }, operator: 'owner' },
    ])
    expect(world.pushed).toEqual(['members'])
    expect(findMembers(world.deps, '6F007B3972')).toMatchObject([{ id: ADA, credentials: [CARD] }])
    expect(findMembers(world.deps, '0008075634')).toMatchObject([{ id: ADA }])
  })

  test.each([
    ['somebody who is gone', 'nobody', CARD, 'not-found', 'This person is not here any more: search for them by name.'],
    [
      'a phone’s ever new number',
      ADA,
      'iso14a:08A1B2C3',
      'unreadable',
      'This card makes up a new number at every tap (phones do): use a card or fob with a number of its own.',
    ],
    [
      'a card that somebody else holds',
      BOB,
      CARD,
      'taken',
      'This card belongs to Ada Lovelace. Take it back from them first, or use another card.',
    ],
    ['a card that the person has', ADA, CARD, 'wrong-state', 'Ada Lovelace already has this card.'],
  ])('is refused for %s', (_, member, card, code, sentence) => {
    const world = open()
    value(enrolCard(world.deps, ADA, CARD))
    expect(no(world, enrolCard(world.deps, member, card), 1)).toEqual([code, sentence])
  })

  test.each([
    ['suspended', (deps: DeskDeps) => suspendCard(deps, CARD, 'unpaid locker')],
    ['lost', (deps: DeskDeps) => revokeCard(deps, CARD, 'lost')],
    ['stolen', (deps: DeskDeps) => revokeCard(deps, CARD, 'stolen')],
  ])('a %s card of the same person is reinstated, not enrolled again', (state, change) => {
    const world = open()
    value(enrolCard(world.deps, ADA, CARD))
    value(change(world.deps))
    expect(no(world, enrolCard(world.deps, ADA, CARD), 2)).toEqual([
      'wrong-state',
      `Ada Lovelace already has this card, and it is ${state}: reinstate it instead.`,
    ])
    expect(no(world, enrolCard(world.deps, BOB, CARD), 2)[0]).toBe('taken')
  })

  test('a card that was handed back may go to somebody else, and is no longer found at the first', () => {
    const world = open()
    value(enrolCard(world.deps, ADA, CARD))
    value(revokeCard(world.deps, CARD, 'returned'))
    value(enrolCard(world.deps, BOB, CARD))
    expect(findMembers(world.deps, '6F007B3972').map(({ id }) => id)).toEqual([BOB])
    expect(listMembers(world.deps, {}).rows.map(({ name, credentials }) => [name, credentials])).toEqual([
      ['Ada Lovelace', []],
      ['Bob Byron', [CARD]],
      ['Eve Byron', []],
    ])
  })
})

describe('a card’s state', () => {
  const steps = {
    lost: (deps: DeskDeps) => revokeCard(deps, CARD, 'lost'),
    stolen: (deps: DeskDeps) => revokeCard(deps, CARD, 'stolen'),
    returned: (deps: DeskDeps) => revokeCard(deps, CARD, 'returned'),
    damaged: (deps: DeskDeps) => revokeCard(deps, CARD, 'damaged'),
    suspend: (deps: DeskDeps) => suspendCard(deps, CARD, 'locker'),
    reinstate: (deps: DeskDeps) => reinstateCard(deps, CARD),
  }
  type Step = keyof typeof steps

  test.each([
    [['lost'], 'lost', 'lost'],
    [['stolen'], 'stolen', 'stolen'],
    [['returned'], 'revoked', 'returned'],
    [['damaged'], 'revoked', 'damaged'],
    [['suspend'], 'suspended', 'locker'],
    [['suspend', 'reinstate'], 'active', null],
    [['lost', 'reinstate'], 'active', null],
    [['stolen', 'reinstate'], 'active', null],
    [['lost', 'stolen'], 'stolen', 'stolen'],
    [['suspend', 'lost'], 'lost', 'lost'],
    [['lost', 'returned'], 'revoked', 'returned'],
  ] satisfies [Step[], string, string | null][])('after %j it is %s', (done, state, why) => {
    const world = open()
    value(enrolCard(world.deps, ADA, CARD))
    const last = done.map((step) => {
      world.pass(MINUTE)
      return value(steps[step](world.deps))
    })
    expect(last.at(-1)).toMatchObject({ state, why, member: { id: ADA } })
    expect(world.actions()).toHaveLength(1 + done.length)
    expect(world.actions().at(-1)).toMatchObject({ subject: CARD, detail: { member: ADA } })
    expect(verifyAudit(world.deps)).toEqual({ rows: 1 + done.length, ok: true, firstBad: null })
  })

  test.each([
    [['lost'], 'lost', 'This card is already reported lost.'],
    [['damaged'], 'damaged', 'This card is already reported damaged.'],
    [['suspend'], 'suspend', 'This card is already suspended.'],
    [['lost'], 'suspend', 'This card is lost, so there is nothing to suspend.'],
    [['returned'], 'suspend', 'This card is revoked, so there is nothing to suspend.'],
    [[], 'reinstate', 'This card works already.'],
    [['returned'], 'reinstate', 'This card is revoked: enrol it anew.'],
    [['damaged'], 'reinstate', 'This card is revoked: enrol it anew.'],
  ] satisfies [Step[], Step, string][])('after %j it cannot be: %s', (done, step, sentence) => {
    const world = open()
    value(enrolCard(world.deps, ADA, CARD))
    for (const one of done) value(steps[one](world.deps))
    world.pushed.length = 0
    expect(no(world, steps[step](world.deps), 1 + done.length)).toEqual(['wrong-state', sentence])
    expect(world.pushed).toEqual([])
  })

  test.each(Object.keys(steps) as Step[])('%s needs a card that somebody has', (step) => {
    const world = open()
    expect(no(world, steps[step](world.deps))).toEqual([
      'not-found',
      `Nobody has the card ${CARD}: \`latchkey card find\` shows what is known of it.`,
    ])
  })
})

describe('looking a card up', () => {
  test('one that nobody has shows its forms', () => {
    const world = open()
    const { matches, lossy } = value(findCard(world.deps, 'em:6F007B3972', undefined))
    expect(lossy).toBe(false)
    expect(matches).toMatchObject([{ canonical: CARD, state: null, member: null }])
    expect(matches[0]?.forms).toMatchObject({
      '10H13D': '0476749445490',
      '8H10D': '0008075634',
      '6H8D': '08075634',
      '2H3D,4H5D': '123,14706',
      '4H5D,4H5D': '00123,14706',
      uhppote: '12314706',
    })
  })

  test('a short form finds every longer card that looks the same', () => {
    const world = open()
    value(enrolCard(world.deps, ADA, CARD))
    value(enrolCard(world.deps, BOB, 'em:70007B3972'))
    const { matches, lossy } = value(findCard(world.deps, '08075634', '6H8D'))
    expect(lossy).toBe(true)
    expect(matches.map(({ canonical, member }) => [canonical, member])).toEqual([
      [CARD, ADA],
      ['em:70007B3972', BOB],
    ])
  })

  test('four bytes in decimal find the card of seven whose first four they are, beside the card of four', () => {
    const world = open()
    const [whole, four] = ['iso14a:04AF68DAC85A80', 'iso14a:04AF68DA']
    const found = (text: string, form: string) => {
      const { matches, lossy } = value(findCard(world.deps, text, form))
      return [lossy, ...matches.map(({ canonical, member }) => [canonical, member])]
    }
    expect(found('78604506', 'iso14a-msb-dec')).toEqual([false, [four, null]])
    value(enrolCard(world.deps, ADA, whole))
    // The same last bytes in another order, and another card whose 34 bits are these.
    value(enrolCard(world.deps, ADA, 'iso14a:DA68AF04C85A80'))
    value(enrolCard(world.deps, ADA, 'em:01DA68AF04'))
    for (const [text, form] of [
      ['78604506', 'iso14a-msb-dec'],
      ['3664293636', 'iso14a-lsb-dec'],
    ] as const)
      expect(found(text, form)).toEqual([true, [whole, ADA]])
    value(enrolCard(world.deps, BOB, four))
    expect(found('78604506', 'iso14a-msb-dec')).toEqual([true, [four, BOB], [whole, ADA]])
    // Hex shows every byte: four are all there are.
    expect(found('04AF68DA', 'hex')).toEqual([false, [four, BOB]])
    expect(found('1904649758', 'iso14a-lsb-dec')).toEqual([false, ['iso14a:1EA68671', null]])
  })

  test.each([
    ['08075634', undefined, 'unreadable', /^08075634 may stand for different cards; say which form it has: .*6H8D/],
    ['rubbish', undefined, 'unreadable', /^This is not a card number in any form that Latchkey knows/],
    ['em:12', undefined, 'unreadable', /\.$/],
    [
      '1',
      'no-such-form',
      'bad-request',
      /^"no-such-form" is not a form in which cards are written\. Use one of: canonical hex/,
    ],
  ])('not %j as %s', (text, form, code, sentence) => {
    const world = open()
    const [got, said] = no(world, findCard(world.deps, text, form))
    expect(got).toBe(code)
    expect(said).toMatch(sentence)
  })

  test('all cards are listed, the newest first', () => {
    const world = open()
    value(enrolCard(world.deps, ADA, CARD))
    value(enrolCard(world.deps, BOB, OTHER))
    expect(listCards(world.deps).map(({ canonical }) => canonical)).toEqual([OTHER, CARD])
    expect(listCards(world.deps, 1)).toHaveLength(1)
  })
})

describe('doors', () => {
  test('a new door has a key of 64 hex characters and opens to every plan', () => {
    const world = open()
    const { id, driver, key } = value(addDoor(world.deps, { id: 'front', name: ' Front door ' }))
    expect([id, driver]).toEqual(['front', 'native'])
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(listDoors(world.deps)).toMatchObject([{ id: 'front', name: 'Front door', plans: null, online: false }])
    expect(world.actions()).toEqual([
      { kind: 'door-added', subject: 'front', detail: { driver: 'native' }, operator: 'owner' },
    ])
    expect(JSON.stringify(world.actions())).not.toContain(key)
  })

  test.each([
    [{ id: 'Front' }, 'bad-request', /^"Front" cannot be a door's id: use up to 32 small letters/],
    [{ id: '-front' }, 'bad-request', /cannot be a door's id/],
    [{ id: '' }, 'bad-request', /cannot be a door's id/],
    [{ id: 'a'.repeat(33) }, 'bad-request', /cannot be a door's id/],
    [{ id: 'front\n' }, 'bad-request', /cannot be a door's id/],
    [
      { id: 'side', driver: 'magic' },
      'bad-request',
      /^"magic" is not a kind of door\. Use one of: native uhppote esp-rfid relay$/,
    ],
    [{ id: 'side', driver: 'uhppote' }, 'bad-request', /^Say where the board is: --address HOST:PORT/],
    [{ id: 'side', driver: 'uhppote', address: '10.0.0.5' }, 'bad-request', /^Say which board it is: --serial/],
    [
      { id: 'side', driver: 'uhppote', address: '10.0.0.5', serial: 7, output: 5 },
      'bad-request',
      /^A board has doors 1 to 4/,
    ],
    [{ id: 'side', driver: 'esp-rfid', broker: 'http://x' }, 'bad-request', /^Say which broker/],
    [{ id: 'side', driver: 'esp-rfid', broker: 'own', topic: 'a/b' }, 'bad-request', /^Say which topic/],
    [
      { id: 'side', driver: 'esp-rfid', broker: 'own', topic: 't', address: '300.1.1.1' },
      'bad-request',
      /^Say which address/,
    ],
    [{ id: 'side', driver: 'relay', url: 'ftp://x' }, 'bad-request', /^Say where the relay is/],
    [{ id: 'side', driver: 'relay', url: 'http://x/?id=one' }, 'bad-request', /^Say where the relay is/],
    [{ id: 'side', driver: 'relay', url: 'http://admin:%zz@x/' }, 'bad-request', /^Say where the relay is/],
    [{ id: 'side', url: 'http://10.0.0.5' }, 'bad-request', /^A native door asks us by itself: leave url out\.$/],
    [{ id: 'side', format: 'roman' }, 'bad-request', /^"roman" is not a form in which cards are written/],
    [{ id: 'front' }, 'taken', /^There is a door "front" already: choose another id, or remove that one first\.$/],
  ])('%j is refused', (asked, code, sentence) => {
    const world = open()
    value(addDoor(world.deps, { id: 'front' }))
    const [got, said] = no(world, addDoor(world.deps, asked), 1)
    expect(got).toBe(code)
    expect(said).toMatch(sentence)
  })

  test.each([
    ['removed', (deps: DeskDeps) => dropDoor(deps, 'cellar')],
    ['rekeyed', (deps: DeskDeps) => rekeyDoor(deps, 'cellar')],
    ['restricted', (deps: DeskDeps) => restrictDoor(deps, { id: 'cellar', plans: [] })],
  ])('one that does not exist cannot be %s', (_, call) => {
    const world = open()
    expect(no(world, call(world.deps))).toEqual([
      'not-found',
      'There is no door "cellar": `latchkey door list` shows them.',
    ])
  })

  test('rekeying, restricting and removing are logged once each; a removed door may come back', () => {
    const world = open()
    const { key } = value(addDoor(world.deps, { id: 'front' }))
    expect(value(rekeyDoor(world.deps, 'front')).key).not.toBe(key)
    expect(value(restrictDoor(world.deps, { id: 'front', plans: [world.plan] })).plans).toEqual([world.plan])
    expect(value(restrictDoor(world.deps, { id: 'front', plans: null })).plans).toBeNull()
    value(dropDoor(world.deps, 'front'))
    expect(listDoors(world.deps)).toEqual([])
    value(addDoor(world.deps, { id: 'front' }))
    expect(world.actions().map(({ kind }) => kind)).toEqual([
      'door-added',
      'door-rekeyed',
      'door-plans',
      'door-plans',
      'door-removed',
      'door-added',
    ])
  })

  test('a plan that is gone cannot open a door, and nothing is changed by asking', () => {
    const world = open()
    value(addDoor(world.deps, { id: 'front' }))
    expect(no(world, restrictDoor(world.deps, { id: 'front', plans: [world.plan, 'gone'] }), 1)).toEqual([
      'not-found',
      'One of these plans is not here any more: look at the list again.',
    ])
    expect(listDoors(world.deps)[0]?.plans).toBeNull()
  })
})

describe('explaining a door', () => {
  function atTheDoor() {
    const world = open()
    value(addDoor(world.deps, { id: 'front', name: 'Front door' }))
    value(enrolCard(world.deps, ADA, CARD))
    value(enrolCard(world.deps, BOB, OTHER))
    return world
  }

  test.each([
    ['who pays comes in', CARD, undefined, true, 'ok'],
    ['who never had a plan does not', OTHER, undefined, false, 'no-membership'],
    ['a card that nobody has', NOBODY, undefined, false, 'unknown-card'],
    ['a text that is no card', 'rubbish', undefined, false, 'unreadable-card'],
    ['after the paid days the data is old', CARD, '2026-03-29T12:00:00Z', true, 'ok-stale'],
    ['and too old after the allowance', CARD, '2026-04-05T12:00:00Z', false, 'billing-stale'],
  ])('%s', (_, card, at, grant, reason) => {
    const world = atTheDoor()
    const answer = value(explain(world.deps, { door: 'front', card, ...(at === undefined ? {} : { at }) }))
    expect(answer).toMatchObject({ grant, reason })
    expect(answer.sentence).toMatch(/^\S.*[.!?]$/)
    expect(answer.billingAgeSeconds).toBe(at === undefined ? 60 : (Date.parse(at) - NOW) / 1_000 + 60)
    expect(world.actions()).toHaveLength(3)
  })

  test('a card is unknown at a moment before it was ever ours, and ours from then on', () => {
    const world = atTheDoor()
    const at = (ms: number) =>
      value(explain(world.deps, { door: 'front', card: CARD, at: new Date(NOW + ms).toISOString() }))
    world.pass(HOUR)
    expect(at(-1)).toMatchObject({ grant: false, reason: 'unknown-card' })
    expect(at(-1).sentence).toBe('Nobody has this card (0008075634).')
    expect(at(0)).toMatchObject({ grant: true, reason: 'ok' })
    value(revokeCard(world.deps, CARD, 'returned'))
    expect(at(-1).reason).toBe('unknown-card')
    expect(at(2 * HOUR).reason).toBe('card-revoked')
  })

  test('a door that is for other plans says so', () => {
    const world = atTheDoor()
    value(restrictDoor(world.deps, { id: 'front', plans: [] }))
    expect(value(explain(world.deps, { door: 'front', card: CARD })).reason).toBe('not-this-door')
  })

  test('an identity that somebody types means itself at a door of any form, unless another form is named', () => {
    const world = atTheDoor()
    value(addDoor(world.deps, { id: 'gate', format: 'uhppote' }))
    const at = (card: string, form?: string) =>
      value(explain(world.deps, { door: 'gate', card, ...(form === undefined ? {} : { form }) })).reason
    expect([at(CARD), at(` ${CARD.toLowerCase()} `), at(NOBODY)]).toEqual(['ok', 'ok', 'unknown-card'])
    // A short one stands for the one card that looks so there, as the number at the gate does.
    expect([at('w26:7B3972'), at('12314706')]).toEqual(['ok', 'ok'])
    expect(at(CARD, 'uhppote')).toBe('unreadable-card')
    expect(at('0008075634')).toBe('unreadable-card')
    // Where a door has no form, none is lent to it.
    expect(value(explain(world.deps, { door: 'front', card: 'w26:7B3972' })).reason).toBe('unknown-card')
  })

  test.each([
    [{ door: 'cellar', card: CARD }, 'not-found', 'There is no door "cellar": `latchkey door list` shows them.'],
    [
      { door: 'front', card: CARD, at: 'tomorrow' },
      'bad-request',
      '"tomorrow" is not a moment: write it like 2026-11-20T18:00:00Z.',
    ],
    [{ door: 'front', card: CARD, form: 'roman' }, 'bad-request', expect.stringMatching(/^"roman" is not a form/)],
  ])('%j is refused', (asked, code, sentence) => {
    const world = atTheDoor()
    expect(no(world, explain(world.deps, asked), 3)).toEqual([code, sentence])
  })
})

describe('settings', () => {
  test('are changed, trimmed, logged once and told to screens', async () => {
    const world = open()
    const after = value(await changeSettings(world.deps, { spaceName: '  The Shed ', endOfDay: false }))
    expect(after).toMatchObject({ spaceName: 'The Shed', endOfDay: false, timeZone: 'Europe/Berlin' })
    expect(readSettings(world.db)).toEqual(after)
    expect(world.actions()).toMatchObject([{ kind: 'settings-changed', subject: 'space' }])
    expect(world.pushed).toEqual(['settings', 'lamps'])
    expect(world.derivedAll()).toBe(0)
  })

  test('grace is derived again for everyone', async () => {
    const world = open()
    value(await changeSettings(world.deps, { graceDays: { card: 3, 'bank-debit': 10, manual: 0 } }))
    expect(world.derivedAll()).toBe(1)
  })

  test.each([
    [{ spaceName: '   ' }, 'Give the space a name.'],
    [
      { timeZone: 'Middle/Earth' },
      '"Middle/Earth" is not a time zone that this computer knows: write it like Europe/Berlin or America/New_York.',
    ],
    [{ locale: 'not a tag' }, '"not a tag" is not a language tag: write it like en-GB.'],
    [{ spaceName: 'Fine', timeZone: '' }, expect.stringMatching(/is not a time zone/)],
  ])('%j is refused as a whole', async (change, sentence) => {
    const world = open()
    const before = readSettings(world.db)
    expect(no(world, await changeSettings(world.deps, change))).toEqual(['bad-request', sentence])
    expect(readSettings(world.db)).toEqual(before)
  })
})

describe('the demo’s controls', () => {
  const controls = (change: Partial<DemoControls> = {}): DemoControls => ({
    advance: async () => undefined,
    present: () => true,
    pay: () => false,
    pageOf: (url) => url,
    doors: () => [{ id: 'front', name: 'Front door', cut: false, holdsList: true, waiting: 0 }],
    swipe: async () => ({ grant: true, reason: 'ok', receipt: 'r1', offline: false }),
    cutDoor: async () => undefined,
    tell: async () => null,
    ...change,
  })
  const NOT_DEMO = ['not-demo', 'This works in the demo only: start it with `latchkey serve --demo`.']

  test('are none of a real desk’s', async () => {
    const world = open()
    expect(no(world, await advanceClock(world.deps, '+1d'))).toEqual(NOT_DEMO)
    expect(no(world, await demoSwipe(world.deps, 'front', CARD))).toEqual(NOT_DEMO)
    expect(no(world, presentCard(world.deps, undefined))).toEqual(NOT_DEMO)
    expect(no(world, payAtReader(world.deps, 'visa'))).toEqual(NOT_DEMO)
  })

  test.each([
    ['+40d', 40 * DAY],
    ['90m', 90 * MINUTE],
    ['+3h', 180 * MINUTE],
  ])('the clock goes on by %s, and the desk has read what happened', async (by, ms) => {
    const moved: number[] = []
    const world = open({
      demo: controls({
        advance: async (step) => {
          moved.push(step)
        },
      }),
    })
    expect(value(await advanceClock(world.deps, by))).toEqual({
      now: '2026-03-18T09:00:00.000Z',
      lastCompleteAt: '2026-03-18T08:59:00.000Z',
    })
    expect(moved).toEqual([ms])
    expect(world.syncs()).toBe(1)
    expect(world.pushed).toEqual(['members', 'lamps'])
    expect(world.actions()).toEqual([])
  })

  test.each([
    ['-1d', "The demo's clock only goes forward: write it like +40d."],
    ['0d', "The demo's clock only goes forward: write it like +40d."],
    ['soon', '"soon" is not a span of time: write it like +40d, +3h or +30m.'],
    ['', '"" is not a span of time: write it like +40d, +3h or +30m.'],
    ['+99999d', "The demo's clock goes ten years forward at once and no more: write it like +40d."],
  ])('the clock does not go on by %j', async (by, sentence) => {
    const world = open({ demo: controls() })
    expect(no(world, await advanceClock(world.deps, by))).toEqual(['bad-request', sentence])
    expect(world.syncs()).toBe(0)
  })

  test('a sync that fails after the step is said', async () => {
    const sync = () => Promise.reject(new StripeTrouble('offline', 'Stripe cannot be reached.'))
    const world = open({ demo: controls(), sync })
    expect(no(world, await advanceClock(world.deps, '+1d'))).toEqual(['stripe', 'Stripe cannot be reached.'])
  })

  test.each<[string, (deps: DeskDeps) => Promise<Result<unknown>>]>([
    ['a swipe', (deps) => demoSwipe(deps, 'front', CARD)],
    ['a cable', (deps) => cutDoor(deps, 'front', true)],
    ['a sensor', (deps) => tellAtDoor(deps, 'front', 'forced')],
  ])('%s needs a door that exists and is simulated', async (_, act) => {
    const world = open({ demo: controls({ doors: () => [] }) })
    const noDoor = ['not-found', 'There is no door "front": `latchkey door list` shows them.']
    expect(no(world, await act(world.deps))).toEqual(noDoor)
    value(addDoor(world.deps, { id: 'front' }))
    expect(no(world, await act(world.deps), 1)).toEqual([
      'wrong-state',
      'The door "front" is not a simulated one: do it at the door itself.',
    ])
  })

  test('a swipe answers what the door answered, and says where it got no answer', async () => {
    const world = open({ demo: controls() })
    value(addDoor(world.deps, { id: 'front' }))
    const answer = { grant: true, reason: 'ok', receipt: 'r1', offline: false }
    expect(value(await demoSwipe(world.deps, 'front', CARD))).toEqual(answer)
    expect(world.actions()).toHaveLength(1)
    const silent = open({ demo: controls({ swipe: async () => ({ why: 'it was too long' }) }) })
    value(addDoor(silent.deps, { id: 'front' }))
    expect(no(silent, await demoSwipe(silent.deps, 'front', CARD), 1)).toEqual([
      'bad-request',
      'The door "front" got no answer about this card: it was too long.',
    ])
  })

  test('a card is shown as somebody writes it: as lists do, as it is printed where one of ours is, as the door reads it', async () => {
    const shown: string[] = []
    const door = { cut: false, holdsList: true, waiting: 0 }
    const world = open({
      demo: controls({
        doors: () => ['front', 'side'].map((id) => ({ ...door, id, name: id })),
        swipe: async (id, card) => {
          shown.push(`${id} ${card}`)
          return { grant: true, reason: 'ok', receipt: 'r1', offline: false }
        },
      }),
    })
    value(addDoor(world.deps, { id: 'front' }))
    value(addDoor(world.deps, { id: 'side', format: '8H10D' }))
    value(stockCard(world.deps, CARD, { loaner: false }))
    value(stockCard(world.deps, 'iso14a:807BAF3F', { loaner: false }))
    const texts = [` ${CARD.toLowerCase()} `, '6F 00 7B 39 72', '0008075634', '123,14706', '2155589439']
    for (const text of [...texts, 'w26:7B3972', '0000000042']) value(await demoSwipe(world.deps, 'front', text))
    const made = [CARD, CARD, CARD, CARD, 'iso14a:807BAF3F', 'w26:7B3972', '0000000042']
    expect(shown.splice(0)).toEqual(made.map((card) => `front ${card}`))
    for (const text of [CARD, '123,14706', '0000000042', 'nonsense']) value(await demoSwipe(world.deps, 'side', text))
    expect(shown).toEqual(['side 0008075634', 'side 0008075634', 'side 0000000042', 'side nonsense'])
  })

  test('a cable is pulled and plugged in again, and the lamps hear of it', async () => {
    const done: unknown[] = []
    const pull = async (id: string, cut: boolean) => void done.push([id, cut])
    const tell: DemoControls['tell'] = async (id, kind) => {
      done.push([id, kind])
      return kind === 'closed' ? 'it has no sensor for that' : null
    }
    const world = open({ demo: controls({ cutDoor: pull, tell }) })
    value(addDoor(world.deps, { id: 'front' }))
    const front = { id: 'front', name: 'Front door', cut: false, holdsList: true, waiting: 0 }
    expect(value(demoDoors(world.deps))).toEqual([front])
    expect(value(await cutDoor(world.deps, 'front', true))).toEqual(front)
    expect(value(await tellAtDoor(world.deps, 'front', 'forced'))).toEqual(front)
    expect(done).toEqual([
      ['front', true],
      ['front', 'forced'],
    ])
    expect(world.pushed.filter((name) => name === 'lamps')).toHaveLength(2)
    expect(no(world, await tellAtDoor(world.deps, 'front', 'closed'), 1)).toEqual([
      'wrong-state',
      'The door "front" tells nothing of that: it has no sensor for that.',
    ])
  })

  test('a card is held to the reader: the one asked for, or one that nobody has', () => {
    const shown: string[] = []
    const world = open({
      demo: controls({
        present: (card) => {
          shown.push(card)
          return true
        },
      }),
    })
    expect(value(presentCard(world.deps, '6F007B3972'))).toEqual({ card: CARD })
    const { card } = value(presentCard(world.deps, undefined))
    expect(card).toMatch(/^em:[0-9A-F]{10}$/)
    expect(shown).toEqual([CARD, card])
    expect(no(world, presentCard(world.deps, 'rubbish'))[0]).toBe('unreadable')
    expect(world.actions()).toEqual([])
  })

  test('a reader that was removed is missed in words', () => {
    const world = open({ demo: controls({ present: () => false }) })
    expect(no(world, presentCard(world.deps, undefined))).toEqual([
      'wrong-state',
      'The simulated reader was removed: add it again in Settings (port sim:desk, profile simulated).',
    ])
  })
})

test('reading writes nothing, to no table', () => {
  const world = open()
  value(addDoor(world.deps, { id: 'front' }))
  value(enrolCard(world.deps, ADA, CARD))
  const changes = () => (world.db.prepare('SELECT total_changes() AS n').get() as { n: number }).n
  const before = changes()
  status(world.deps)
  todo(world.deps)
  verifyAudit(world.deps)
  listMembers(world.deps, { query: 'a', standing: 'current' })
  findMembers(world.deps, 'lov')
  listDoors(world.deps)
  listCards(world.deps)
  findCard(world.deps, CARD, undefined)
  explain(world.deps, { door: 'front', card: CARD })
  expect(changes()).toBe(before)
  expect(world.actions()).toHaveLength(2)
})
