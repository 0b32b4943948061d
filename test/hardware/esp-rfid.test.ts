// The driver for ESP-RFID before a simulated box, at a real mosquitto and at our own broker.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DeviceSilent } from '../../hardware/controller.ts'
import { ADDRESS, BROKERS, cardNo, createWorld, give, TERMS, TOPIC, take, UNTIL, type World } from './esp-rfid-world.ts'
import { until } from './until.ts'

/** Where answers are waited for in vain. */
const SOON = { patience: 500, quiet: 300 }

describe.each(BROKERS)('at %s', (kind) => {
  let world: World
  beforeEach(async () => {
    world = await createWorld(kind)
  })
  afterEach(() => world.end())

  test('300 foreign people are read, and nothing at all is written before the take-over', async () => {
    const box = await world.box()
    for (let n = 0; n < 300; n += 1)
      box.list.addByPage({ uid: cardNo(n), user: `Person ${n}`, acctype: n % 3 === 2 ? 0 : 1 })
    box.list.addByPage({ uid: 'c0ffee01', acctype: 99 })
    const before = box.list.files()
    const desk = world.open()
    await desk.isHeard()
    const { cards, otherDesk } = await desk.device.read()
    expect(otherDesk).toBeNull()
    expect(cards).toHaveLength(301)
    expect(cards.filter(({ terms }) => terms === null)).toHaveLength(100)
    expect(cards.find(({ card }) => card === cardNo(0))).toEqual({
      door: 'door',
      card: cardNo(0),
      terms: 'until 2038-01-01T00:00:00',
    })
    expect(cards.find(({ card }) => card === desk.device.written('C0FFEE01'))?.terms).toBe('admin, at all times')
    await expect(desk.device.apply([take(cardNo(0))])).rejects.toThrow('not taken over')
    expect(new Set(box.orders.map(({ cmd }) => cmd))).toEqual(new Set(['getuserlist']))
    expect(box.list.files()).toEqual(before)
  })

  test('cards are given at the pace of the box, and only what it then lists counts', async () => {
    const box = await world.box()
    box.list.addByPage({ uid: cardNo(3), user: 'Grace', acctype: 99, acctype2: 1, pincode: '1234', validsince: 5 })
    const desk = world.open()
    await desk.isHeard()
    await desk.device.read()
    desk.device.takeOver('front', null)
    const changes = Array.from({ length: 20 }, (_, n) => give(cardNo(n)))
    const held = await desk.device.apply(changes)
    expect(held).toEqual(changes.map(({ card }) => ({ door: 'door', card, terms: TERMS })))
    expect(changes.map(({ wanted }) => wanted && desk.device.termsOf('door', wanted))).toEqual(held.map(() => TERMS))
    // None was dropped, so none had to be sent again; the clock of the test went on only in pauses.
    expect(box.orders.filter(({ cmd }) => cmd === 'adduser')).toHaveLength(20)
    expect(desk.told.paused).toBe(19)
    expect(changes.map(({ card }) => box.list.decide(card, UNTIL / 1_000 - 1).result)).toEqual(
      changes.map(() => 'Always'),
    )
    expect(box.list.decide(cardNo(0), UNTIL / 1_000).result).toBe('Expired')
    const grace = JSON.parse(box.list.files().find((file) => file.includes('Grace')) ?? '{}')
    expect(grace).toMatchObject({ uid: cardNo(3), acctype: '1', acctype2: 1, pincode: '1234', validsince: '0' })
    // What the box itself added to its list is read as well as what its page did.
    const { cards } = await desk.device.read()
    expect(cards).toHaveLength(20)
  })

  test('a card is taken away before a thousand renewals, and none of those brings it back', async () => {
    const box = await world.box()
    for (let n = 0; n < 100; n += 1) box.list.addByPage({ uid: cardNo(n) })
    const desk = world.open()
    await desk.isHeard()
    await desk.device.read()
    desk.device.takeOver('front', null)
    const batches = Array.from({ length: 10 }, (_, batch) =>
      desk.device.apply(Array.from({ length: 100 }, (_, n) => give(cardNo(n), UNTIL + batch * 1_000))),
    )
    for (const batch of batches) batch.catch(() => {})
    await until('the first renewals are there', () => box.orders.some(({ cmd }) => cmd === 'adduser'))
    // Among the last cards of the first batch, and of every other.
    const lost = cardNo(99)
    const held = await desk.device.apply([take(lost), take(cardNo(90))])
    const renewals = () => box.orders.filter(({ cmd }) => cmd === 'adduser').length
    const renewed = renewals()
    expect(held).toEqual([lost, cardNo(90)].map((card) => ({ door: 'door', card, terms: null })))
    expect(box.swipe(lost)).toBe('Denied')
    expect(renewed).toBeLessThan(90)
    const first = await batches[0]
    expect(first?.find(({ card }) => card === lost)).toMatchObject({ terms: null })
    await until('renewals go on', () => renewals() > renewed + 10)
    expect(box.swipe(lost)).toBe('Denied')
    expect(box.orders.some(({ cmd, text }) => cmd === 'adduser' && text.includes(cardNo(90)))).toBe(false)
  })

  test('its last will is told, and when the power is back it is heard, has begun anew, and is read again', async () => {
    const box = await world.box()
    box.list.addByPage({ uid: cardNo(1) })
    const desk = world.open()
    await desk.isHeard()
    await desk.device.read()
    await box.cut()
    await until('it is lost', () => desk.told.lost === 1)
    world.clock.at += 60_000
    const before = desk.told.heard.length
    const again = await world.box({}, box.list)
    await until('it is heard', () => desk.told.heard.length > before)
    await until('its start is told', () => desk.told.events.length > 0)
    expect(desk.told.events).toEqual([{ door: 'door', n: null, at: world.clock.at, what: 'power-on' }])
    again.list.addByPage({ uid: cardNo(2) })
    expect((await desk.device.read()).cards).toHaveLength(2)
  })

  test('when the broker was away, all of it goes on, and the box did not begin anew for that', async () => {
    const box = await world.box()
    box.list.addByPage({ uid: cardNo(1) })
    const desk = world.open()
    await desk.isHeard()
    await desk.device.read()
    await world.stop()
    await until('it is told', () => desk.told.troubles.length > 0)
    expect(desk.told.lost).toBe(1)
    await expect(desk.device.read()).rejects.toThrow(DeviceSilent)
    await expect(desk.device.open('door', 3_000)).rejects.toThrow('was not sent')
    const before = desk.told.heard.length
    world.clock.at += 60_000
    await world.start()
    await until('all is well', () => desk.told.troubles.at(-1) === null && desk.told.heard.length > before)
    await until('the box is back', () => box.port.state().kind === 'ready')
    await desk.caughtUp(box)
    expect((await desk.device.read()).cards).toHaveLength(1)
    // What could not be sent is not sent later.
    expect([box.opened(), desk.told.events]).toEqual([0, []])
  })

  test('a wrong password has its sentence', async () => {
    const desk = world.open({}, { password: 'wrong' })
    await until('it is told', () => desk.told.troubles.length > 0)
    expect(desk.told.troubles).toEqual([
      `The broker at ${new URL(world.url).host} does not take this user and password. Correct them; Latchkey tries again every second.`,
    ])
    await expect(desk.device.read()).rejects.toThrow('does not take this user and password')
  })

  test('the door is opened by word, which is never kept: the next start of the box opens nothing', async () => {
    const box = await world.box()
    const desk = world.open()
    await desk.isHeard()
    const other = await world.other()
    await desk.device.open('door', 3_000)
    await desk.device.holdOpen('door')
    await desk.device.lock('door')
    desk.device.takeOver('front', null)
    await desk.device.apply([give(cardNo(1))])
    expect(box.opened()).toBe(2)
    expect(desk.told.events).toEqual([])
    await box.cut()
    const again = await world.box({}, box.list)
    await until('it has said all that it says at a start', () =>
      other.seen.some(({ topic, text }) => topic === `${TOPIC}/send` && text.includes('"heartbeat"')),
    )
    again.swipe('ffffffff')
    await until('and more', () => other.seen.some(({ text }) => text.includes('ffffffff')))
    expect(again.opened()).toBe(0)
    expect(other.orders().some(({ retained }) => retained)).toBe(false)
    const late = await world.other()
    await desk.device.read()
    await until('somebody who came late hears what follows', () => late.orders().length > 0)
    expect(late.orders().every(({ retained, text }) => !retained && text.includes('getuserlist'))).toBe(true)
  })

  test('swipes are told, each once, and what another program does is told as such', async () => {
    const box = await world.box({ homeAssistant: kind === 'mosquitto' })
    box.list.addByPage({ uid: cardNo(1), user: 'Ada' })
    box.list.addByPage({ uid: cardNo(2), acctype: 0 })
    box.list.addByPage({ uid: cardNo(3), validuntil: 5 })
    box.list.addByPage({ uid: '04af08da', acctype: 99 })
    const desk = world.open()
    await until('the desk is there', () => desk.port.state().kind === 'ready')
    desk.device.written('04AF08DA')
    for (const uid of [cardNo(1), cardNo(2), cardNo(3), '4af8da', '04af08da', '77777777', '04af08da']) {
      box.swipe(uid)
      await desk.caughtUp(box)
      world.clock.at += 20_000
    }
    box.button()
    const other = await world.other()
    other.client.publish(`${TOPIC}/cmd`, `{"cmd":"opendoor","doorip":"${ADDRESS}"}`)
    await until('all of it is told', () => desk.told.events.length === 9)
    expect(
      desk.told.events.map((event) => ('card' in event ? [event.card, event.granted, event.why] : event.what)),
    ).toEqual([
      [cardNo(1), true, 'opened'],
      [cardNo(2), false, 'no-right'],
      [cardNo(3), false, 'expired'],
      ['4af8da', false, 'unknown-card'],
      ['4af8da', true, 'opened'],
      ['77777777', false, 'unknown-card'],
      ['4af8da', true, 'opened'],
      'button',
      'remote-open',
    ])
    expect(desk.told.events.every(({ door, n }) => door === 'door' && n === null)).toBe(true)
    expect((await desk.device.read()).otherDesk).toBe('another program that sends orders to front')
  })
})

describe('whichever the broker', () => {
  let world: World
  beforeEach(async () => {
    world = await createWorld('our own broker')
  })
  afterEach(() => world.end())

  test('a card with zeros in it is one card, however the box wrote it, and taken away whole', async () => {
    const box = await world.box()
    box.list.addByPage({ uid: '04af08da' })
    box.list.addByPage({ uid: '4af8da', acctype: 99 })
    const desk = world.open()
    await desk.isHeard()
    const card = desk.device.written('04AF08DA')
    desk.device.takeOver('front', null)
    expect(await desk.device.read()).toMatchObject({
      cards: [{ card, terms: 'admin, at all times; until 2038-01-01T00:00:00' }],
    })
    expect(await desk.device.apply([give('04AF08DA')])).toMatchObject([{ terms: TERMS }])
    expect(box.list.uids()).toEqual(['04af08da'])
    box.list.addByPage({ uid: '4af8da' })
    await desk.device.read()
    expect(await desk.device.apply([take(card)])).toEqual([{ door: 'door', card, terms: null }])
    expect(box.list.uids()).toEqual([])
    expect(await desk.device.apply([give('6F007B3972')])).toMatchObject([{ terms: TERMS }])
    expect(box.swipe('6f007b3972')).toBe('Always')
  })

  test('what the box acknowledges and does not do is not claimed', async () => {
    const box = await world.box()
    for (let n = 0; n < 999; n += 1) box.list.addByPage({ uid: cardNo(n) })
    const desk = world.open()
    await desk.isHeard()
    desk.device.takeOver('front', null)
    const held = await desk.device.apply([give('c0ffee11'), give('c0ffee12')])
    expect(held.map(({ terms }) => terms)).toEqual([TERMS, null])
    expect(desk.told.troubles).toEqual(['front holds a thousand people and takes no more: remove some of them.'])
    box.list.remove = () => {}
    const kept = await desk.device.apply([take('c0ffee11')])
    expect(kept).toEqual([{ door: 'door', card: 'c0ffee11', terms: TERMS }])
  })

  test('an order that was dropped, and a list that breaks off after it, are no card that is gone', async () => {
    const box = await world.box()
    for (let n = 0; n < 10; n += 1) box.list.addByPage({ uid: cardNo(n) })
    const desk = world.open({ waits: SOON })
    await desk.isHeard()
    await desk.device.read()
    desk.device.takeOver('front', null)
    const { files } = box.list
    let asked = 0
    box.list.files = () => files().slice(0, ++asked === 1 ? 9 : 10)
    box.memory(false)
    const held = desk.device.apply([take(cardNo(9))])
    await until('the order is dropped', () => box.orders.some(({ cmd }) => cmd === 'deletuid'))
    box.memory(true)
    expect(await held).toEqual([{ door: 'door', card: cardNo(9), terms: null }])
    expect(box.list.decide(cardNo(9), 0).result).toBe('Denied')
    expect(box.orders.filter(({ cmd }) => cmd === 'deletuid')).toHaveLength(2)
  })

  test('taking away goes before everything that waits', async () => {
    const box = await world.box()
    for (let n = 0; n < 10; n += 1) box.list.addByPage({ uid: cardNo(n) })
    const desk = world.open()
    await desk.isHeard()
    await desk.device.read()
    desk.device.takeOver('front', null)
    box.orders.length = 0
    const reads = [1, 2, 3].map(() => desk.device.read())
    await desk.device.apply([take(cardNo(1)), take(cardNo(2))])
    await Promise.all(reads)
    // One that is being read is read to its end.
    const before = box.orders.slice(0, 3).map(({ cmd }) => cmd)
    expect(before.toSorted()).toEqual(['deletuid', 'deletuid', 'getuserlist'])
    expect((await reads[2])?.cards).toHaveLength(8)
  })

  test('one that does not answer is silent and lost, and there again when it is heard', async () => {
    const box = await world.box({ homeAssistant: false, events: false })
    box.list.addByPage({ uid: cardNo(1) })
    const desk = world.open({ waits: SOON })
    await until('the desk is there', () => desk.port.state().kind === 'ready')
    box.heartbeat()
    await desk.isHeard()
    await desk.device.read()
    desk.device.takeOver('front', null)
    box.memory(false)
    await expect(desk.device.read()).rejects.toThrow(DeviceSilent)
    expect(desk.told.lost).toBe(1)
    await expect(desk.device.open('door', 3_000)).rejects.toThrow('did not acknowledge the order to open')
    await expect(desk.device.apply([1, 2, 3, 4].map((n) => give(cardNo(n))))).rejects.toThrow(DeviceSilent)
    box.memory(true)
    const before = desk.told.heard.length
    box.heartbeat()
    await until('it is heard again', () => desk.told.heard.length > before)
    expect((await desk.device.read()).cards).toHaveLength(1)
    expect(desk.told.lost).toBe(1)
  })

  test('a list that breaks off is asked for again, and nobody is lost by it', async () => {
    const box = await world.box()
    for (let n = 0; n < 30; n += 1) box.list.addByPage({ uid: cardNo(n) })
    const desk = world.open()
    await desk.isHeard()
    const { files } = box.list
    let asked = 0
    box.list.files = () => files().slice(0, ++asked % 2 === 1 ? 12 : 30)
    expect((await desk.device.read()).cards).toHaveLength(30)
    expect((await desk.device.read()).cards).toHaveLength(30)
    expect(asked).toBe(4)
    box.list.files = () => {
      box.say('send', `{"type":"boot","time":1,"uptime":"0","ip":"${ADDRESS}"}`)
      return files().slice(0, 12)
    }
    await expect(desk.device.read()).rejects.toThrow('cut off while it told its cards')
  })

  test('an empty list is believed of a box that is known to be there, and of one that was full only in the end', async () => {
    const box = await world.box()
    const desk = world.open({ waits: SOON })
    await desk.isHeard()
    expect(await desk.device.read()).toEqual({ cards: [], otherDesk: null, newest: null })
    box.list.addByPage({ uid: cardNo(1) })
    expect((await desk.device.read()).cards).toHaveLength(1)
    box.list.remove(cardNo(1))
    await expect(desk.device.read()).rejects.toThrow(DeviceSilent)
    await expect(desk.device.read()).rejects.toThrow(DeviceSilent)
    expect((await desk.device.read()).cards).toEqual([])
    box.heartbeat()
    await desk.caughtUp(box)
    const { lost } = desk.told
    await box.cut()
    await until('its last will is told', () => desk.told.lost > lost)
    await expect(desk.device.read()).rejects.toThrow('It is away')
  })

  test('a clock that is wrong has a sentence, until it is right', async () => {
    let off = 2 * 3_600_000
    const box = await world.box({ now: () => world.clock.at + off })
    const desk = world.open()
    await desk.isHeard()
    box.heartbeat()
    await until('it is told', () => desk.told.troubles.length === 1)
    expect(desk.told.heard.at(-1)).toEqual({ clockOff: 2 * 3_600_000 })
    off = -world.clock.at
    box.heartbeat()
    await until('it is told', () => desk.told.troubles.length === 2)
    off = 0
    box.heartbeat()
    await until('it is well', () => desk.told.troubles.length === 3)
    expect(desk.told.troubles).toEqual([
      'The clock of front is 2 hours fast: give it a time server that it can reach, on the page of the box.',
      'The clock of front was never set: give it a time server that it can reach, on the page of the box.',
      null,
    ])
  })

  test('a box with another address is named, takes no order, and is not mistaken for this one', async () => {
    const box = await world.box({ address: '192.168.1.51', homeAssistant: false })
    box.list.addByPage({ uid: cardNo(1) })
    const desk = world.open()
    await until('the desk is there', () => desk.port.state().kind === 'ready')
    box.heartbeat()
    await until('it is told', () => desk.told.troubles.length > 0)
    expect(desk.told.troubles).toEqual([
      'The box that speaks as front says that its address is 192.168.1.51, not 192.168.1.50: correct the address here, or give each box a topic of its own.',
    ])
    await expect(desk.device.read()).rejects.toThrow(DeviceSilent)
    expect([box.orders, desk.told.heard]).toEqual([[], []])
  })
})

describe('at mosquitto, which keeps what it is told to', () => {
  test('an order that somebody had kept opens at each start of the box, and is told', async () => {
    const world = await createWorld('mosquitto')
    try {
      const other = await world.other()
      const order = `{"cmd":"opendoor","doorip":"${ADDRESS}"}`
      await other.client.publishAsync(`${TOPIC}/cmd`, order, { qos: 1, retain: true })
      for (let start = 0; start < 2; start += 1) {
        const box = await world.box()
        await until('it has opened', () => box.opened() === 1)
        await box.cut()
      }
      const old = `{"type":"heartbeat","time":1500000000,"uptime":5,"ip":"${ADDRESS}"}`
      await other.client.publishAsync(`${TOPIC}/send`, old, { qos: 1, retain: true })
      await other.client.publishAsync(`${TOPIC}/avty`, '', { qos: 1, retain: true })
      const desk = world.open()
      await until('it is told', () => desk.told.troubles.length > 0)
      await desk.caughtUp(await world.box({ homeAssistant: false, address: ADDRESS }))
      expect(desk.told.heard.every(({ clockOff }) => clockOff === 0 || clockOff === undefined)).toBe(true)
      expect(desk.told.troubles).toEqual([
        'The broker keeps the order "opendoor" for front, which is carried out at each start of the box: delete the kept message at front/cmd.',
      ])
    } finally {
      await world.end()
    }
  })
})
