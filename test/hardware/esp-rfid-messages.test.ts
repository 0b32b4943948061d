// The messages of ESP-RFID boxes: as its firmware sends them, and as nobody should.
import { expect, test } from 'vitest'
import {
  createEspNames,
  lastSecond,
  termsHeld,
  termsWanted,
  uidFor,
  userWith,
} from '../../hardware/controllers/esp-rfid-cards.ts'
import { type EspUser, readEsp, writeOrder } from '../../hardware/controllers/esp-rfid-messages.ts'
import { createEspNews } from '../../hardware/controllers/esp-rfid-news.ts'
import { writtenBy } from '../../hardware/controllers/written.ts'
import { createEspList } from '../../hardware/sim/esp-rfid-list.ts'
import { randomFrom } from '../fuzz/random.ts'
import { GOLDEN, storm } from './esp-rfid-payloads.ts'

const ADDRESS = '192.168.1.50'
const TIME = 1_764_151_200
const ADA: EspUser = { uid: '1ea68671', user: 'Ada', acctype: 1, since: 0, until: 2_145_916_800, rest: {} }
const clock = { now: () => TIME * 1_000, wall: (at: number) => new Date(at).toISOString().slice(0, 19) }

test('orders are what the firmware takes, and fit into its 2 KiB', () => {
  expect(writeOrder({ cmd: 'getuserlist' }, ADDRESS)).toBe('{"cmd":"getuserlist","doorip":"192.168.1.50"}')
  expect(writeOrder({ cmd: 'opendoor' }, ADDRESS)).toBe('{"cmd":"opendoor","doorip":"192.168.1.50"}')
  expect(writeOrder({ cmd: 'deletuid', uid: '1ea68671' }, ADDRESS)).toBe(
    '{"cmd":"deletuid","doorip":"192.168.1.50","uid":"1ea68671"}',
  )
  const user = { ...ADA, rest: { acctype2: 1, pincode: '1234' } }
  const added = writeOrder({ cmd: 'adduser', user }, ADDRESS)
  expect(added).toBe(
    '{"cmd":"adduser","doorip":"192.168.1.50","uid":"1ea68671","user":"Ada","acctype":"1","acctype2":1,"pincode":"1234","validsince":"0","validuntil":"2145916800"}',
  )
  expect(readEsp('send', added)).toEqual({ kind: 'users', users: [user] })
  expect(writeOrder({ cmd: 'adduser', user: { ...user, user: '"'.repeat(60) } }, ADDRESS).length).toBeLessThan(512)
})

test('what it tells is understood in each layout', () => {
  const access = { kind: 'access', time: TIME, username: 'Ada', uid: '1ea68671', results: ['Always'] }
  expect(GOLDEN.map(([path, text]) => readEsp(path, text))).toEqual([
    { kind: 'boot', time: TIME, uptime: 0, ip: ADDRESS },
    { kind: 'heartbeat', time: TIME, uptime: 999, ip: ADDRESS },
    access,
    { ...access, uid: '4af68dac85a80', results: ['Always', 'Disabled'] },
    { ...access, username: 'Unknown', results: ['Denied'] },
    { ...access, username: 'MQTT', uid: '' },
    {
      kind: 'event',
      time: TIME,
      src: 'rfid',
      desc: 'Unknown rfid tag is scanned',
      data: '1ea68671 MIFARE 1KB',
    },
    { kind: 'event', time: TIME, src: 'door', desc: 'Door Open', data: '' },
    { kind: 'ack', of: 'deletuid', ip: ADDRESS },
    { kind: 'users', users: [ADA] },
    { kind: 'users', users: [ADA] },
    { kind: 'order', cmd: 'opendoor', ip: ADDRESS },
    { kind: 'presence', here: true },
    { kind: 'io', what: 'door', on: true },
    { kind: 'heartbeat', time: TIME, uptime: null, ip: null },
  ])
  // On the bare topic somebody may order, and that is not the box telling its list.
  const order = writeOrder({ cmd: 'adduser', user: ADA }, ADDRESS)
  expect(readEsp('', order)).toEqual({ kind: 'order', cmd: 'adduser', ip: ADDRESS })
  const page = { list: [{ uid: '1ea68671', user: 'Ada', acctype: '1', validuntil: '2145916800' }, { uid: 5 }, null] }
  expect(readEsp('send', JSON.stringify(page))).toEqual({ kind: 'users', users: [ADA] })
})

test.each([
  ['send', ''],
  ['send', 'null'],
  ['send', '[]'],
  ['send', '{}'],
  ['send', '{"type":"access"}'],
  ['send', '{"type":"access","uid":7,"access":"Always"}'],
  ['send', '{"type":"access","uid":"1","access":[7]}'],
  ['send', `{"type":"access","uid":"${'1'.repeat(40)}","access":"Always"}`],
  ['send', '{"type":"getuserlist"}'],
  ['send', '{"command":"userfile","uid":"a b"}'],
  ['send', '{"command":"userfile"}'],
  ['send', `{"type":"boot","time":1${' '.repeat(5_000)}}`],
  ['cmd', '{"cmd":"opendoor"}'],
  ['cmd', '{"cmd":7,"doorip":"192.168.1.50"}'],
  ['avty', 'perhaps'],
  ['io/door', '1'],
  ['io/window', 'ON'],
  ['sync', '{"type":"heartbeat","time":1764151200}'],
])('%s %s says nothing', (path, text) => {
  expect(readEsp(path, text)).toBeNull()
})

test('numbers that are none count as the firmware counts them: as nothing that opens', () => {
  const user = (json: object) => readEsp('send', JSON.stringify({ command: 'userfile', uid: '1', ...json }))
  const nothing = { kind: 'users', users: [{ uid: '1', user: '', acctype: 0, since: 0, until: 0, rest: {} }] }
  expect(user({})).toEqual(nothing)
  expect(user({ acctype: 'x', validuntil: -5, validsince: 1.5, user: 7 })).toEqual(nothing)
  expect(user({ acctype: null, validuntil: '99999999999', acctype2: null, pincode: '' })).toEqual(nothing)
  expect(readEsp('send', '{"type":"heartbeat","time":12}')).toMatchObject({ time: null })
})

test('terms say what opens and until when, the same from both sides', () => {
  const wanted = { card: '1EA68671', until: Date.parse('2027-01-01T00:00:00Z'), lastDay: '2026-12-31', hours: [] }
  const made = userWith('1ea68671', wanted, { ...ADA, since: 5, rest: { acctype2: 1 } })
  expect(made).toEqual({ ...ADA, until: Date.parse('2026-12-31T23:59:59Z') / 1_000, rest: { acctype2: 1 } })
  expect(termsHeld([made], clock)).toBe(termsWanted(wanted, clock))
  expect(termsWanted(wanted, clock)).toBe('until 2026-12-31T23:59:59')
  expect(termsHeld([{ ...ADA, acctype: 99 }], clock)).toBe('admin, at all times')
  expect(termsHeld([{ ...ADA, acctype: 0 }], clock)).toBeNull()
  expect(termsHeld([{ ...ADA, since: TIME + 3_600 }], clock)).toBe('from 2025-11-26T11:00:00 until 2038-01-01T00:00:00')
  expect(termsHeld([ADA, { ...ADA, acctype: 99 }], clock)).toBe('admin, at all times; until 2038-01-01T00:00:00')
  // At the very moment it must not open any more, and the box still opens in the second that is named.
  expect([lastSecond(10_000), lastSecond(10_001), lastSecond(0), lastSecond(1e15)]).toEqual([9, 10, 0, 0xffff_ffff])
})

test('5,000 cards: what is stored is found by each kind of reader, and read back as the same card', () => {
  const random = randomFrom(7)
  const { written, cardOf } = createEspNames('hex')
  for (let count = 0; count < 5_000; count += 1) {
    const digits = random.hex(random.pick([8, 10, 14]))
    // Some of decimal digits alone: only the form of the door tells that they are hex.
    const text =
      count % 5 === 0 ? digits.replace(/[a-f]/g, (digit) => `${digit.charCodeAt(0) - 97}`) : digits.toUpperCase()
    const list = createEspList()
    const uid = uidFor(text, 'hex')
    list.add(uid, writeOrder({ cmd: 'adduser', user: { ...ADA, uid } }, ADDRESS))
    const padded = text.toLowerCase()
    const bare = padded.replace(/../g, (byte) => byte.replace(/^0(?=.)/, ''))
    const shown = text.length === 10 ? [padded] : [padded, bare]
    expect(shown.map((one) => list.decide(one, TIME).result)).toEqual(shown.map(() => 'Always'))
    expect(written(text)).toBe(writtenBy('esp-rfid', text, 'hex'))
    for (const one of [uid, ...shown]) expect(cardOf(one)).toBe(written(text))
  }
  const fresh = createEspNames('hex')
  expect(['04a1b2c3', '4a1b2c3', '0a1b2c3d4e', '8075634'].map((uid) => fresh.cardOf(uid))).toEqual([
    '4a1b2c3',
    '4a1b2c3',
    'a1b2c3d4e',
    '8075634',
  ])
  expect([uidFor('0008075634', 'hex'), cardOf('0008075634')]).toEqual(['0008075634', '0875634'])
  expect([uidFor('6F007B3972', 'hex'), cardOf('6f007b3972')]).toEqual(['6f007b3972', '6f07b3972'])
  // A Wiegand reader prints numbers.
  const wiegand = createEspNames('8H10D')
  expect([uidFor('0008075634', '8H10D'), wiegand.written('0008075634'), wiegand.cardOf('8075634')]).toEqual([
    '8075634',
    '8075634',
    '8075634',
  ])
})

test('each thing that happens is one event, by whichever ways it is told', () => {
  let at = TIME * 1_000
  const news = createEspNews(
    'front',
    () => at,
    (uid) => uid,
  )
  const take = (path: string, json: object | string) => {
    const message = readEsp(path, typeof json === 'string' ? json : JSON.stringify({ time: at / 1_000, ...json }))
    return message === null
      ? ['not understood']
      : news.take(message).map(({ what, ...rest }) => [what, 'card' in rest ? rest.why : rest.at])
  }
  const access = (json: object) => take('send', { type: 'access', uid: '1ea68671', username: 'Ada', ...json })
  const event = (src: string, desc: string, data = '') => take('send', { type: 'WARN', src, desc, data })
  expect(access({ access: 'Always' })).toEqual([['swipe', 'opened']])
  expect(access({ access: 'Always' })).toEqual([])
  at += 5_000
  expect(access({ access: 'Always', time: TIME })).toEqual([])
  expect(access({ access: ['Admin', 'Always'] })).toEqual([['swipe', 'opened']])
  expect(access({ access: 'Expired' })).toEqual([['swipe', 'expired']])
  expect(access({ access: 'Disabled' })).toEqual([['swipe', 'no-right']])
  expect(access({ access: 'Wrong pin code', uid: '77' })).toEqual([['swipe', 'no-right']])
  expect(event('rfid', 'Unknown rfid tag is scanned', 'abcd MIFARE 1KB')).toEqual([['swipe', 'unknown-card']])
  expect(access({ access: 'Denied', uid: 'abcd' })).toEqual([])
  expect(access({ access: 'Always', uid: ' ', username: 'Button' })).toEqual([['button', at]])
  expect(access({ access: 'Always', uid: ' ', username: 'MQTT' })).toEqual([['remote-open', at]])
  expect(event('door', 'Door Open')).toEqual([['opened', at]])
  expect(take('io/door', 'ON')).toEqual([])
  expect(event('tamper', 'Door was tampered!')).toEqual([['forced', at]])
  expect(take('io/tamper', 'ON')).toEqual([])
  expect(take('io/door', 'OFF')).toEqual([['closed', at]])
  expect(take('io/tamper', 'ON')).toEqual([['forced', at]])
  at += 60_000
  expect(take('io/door', 'ON')).toEqual([['opened', at]])
  at += 60_000
  expect(take('io/tamper', 'ON')).toEqual([['open-too-long', at]])
  expect(event('tamper', "Door wasn't closed within max open time!")).toEqual([])
  expect(take('io/tamper', 'OFF')).toEqual([])
  // A clock that is wrong by an hour is not believed.
  expect(
    event('door', 'Door Closed').length &&
      take('send', { type: 'INFO', src: 'door', desc: 'Door Open', time: TIME - 3_600 }),
  ).toEqual([['opened', at]])
  // It says "boot" each time that it finds the broker; only its uptime tells that it really began anew.
  expect(take('send', { type: 'boot', uptime: '0' })).toEqual([])
  expect(take('send', { type: 'heartbeat', uptime: 900 })).toEqual([])
  expect(take('send', { type: 'heartbeat', uptime: 8 })).toEqual([['power-on', at - 8_000]])
  at += 180_000
  expect(take('send', { type: 'heartbeat', uptime: 187 })).toEqual([])
})

test('20,000 random and mutated payloads break nothing', async () => {
  const { payloads, understood, events } = await storm(randomFrom(1), 20_000)
  expect(payloads).toBe(20_000)
  expect(understood).toBeGreaterThan(1_000)
  expect(events).toBeGreaterThan(200)
})
