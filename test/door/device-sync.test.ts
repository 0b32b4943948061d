// What a device is told to change, with its list made by the real rules on real databases and a device that only remembers.
import { expect, onTestFinished, test } from 'vitest'
import type { Change, Device } from '../../hardware/controller.ts'
import { createDoorSync } from '../../src/main/door/device-sync.ts'
import { createLists } from '../../src/main/door/list.ts'
import { cardsOnDevice, setHeld, setWanted } from '../../src/main/store/device-cards.ts'
import { writeDevice } from '../../src/main/store/devices.ts'
import { openNew } from '../store/folder.ts'
import { addPerson, worldForTest } from './world.ts'

test('nothing is taken away in the lane of what is given, also where the stored list and the one in hand differ', async () => {
  const world = worldForTest()
  const { card } = addPerson(world.desk)
  world.addDoor('gate')
  const access = openNew(world.dataDir, 'access')
  onTestFinished(() => void access.close())
  const at = Date.now()
  const stored = {
    doorId: 'gate',
    config: { driver: 'relay', url: 'http://192.168.1.70' },
    adoptedAt: at,
    replaces: null,
    hours: null,
  } as const
  writeDevice(world.desk, stored)
  const dbs = { desk: world.desk, access, now: () => at }
  const told: Change[] = []
  const held = new Map<string, string>([['stray', 'until then']])
  const device: Device = {
    keepsHours: true,
    written: (text) => text,
    termsOf: (_door, wanted) => `until ${wanted.until}`,
    read: async () => ({
      cards: [...held].map(([of, terms]) => ({ door: 'gate', card: of, terms })),
      otherDesk: null,
      newest: null,
    }),
    takeOver() {},
    async apply(changes) {
      told.push(...changes)
      for (const change of changes)
        if (change.wanted === null) held.delete(change.card)
        else held.set(change.card, `until ${change.wanted.until}`)
      return changes.map(({ door, card: of }) => ({ door, card: of, terms: held.get(of) ?? null }))
    },
    open: () => Promise.reject(new Error('not asked for')),
    holdOpen: () => Promise.reject(new Error('not asked for')),
    lock: () => Promise.reject(new Error('not asked for')),
    close: async () => {},
  }
  const sync = createDoorSync({ ...dbs, lists: createLists(dbs) }, device, 'gate')
  while (await sync.run(stored));
  expect(told.map((change) => [change.card, change.wanted !== null])).toEqual([[card, true]])
  // As if another thread had made a list since: it wants a card, under other terms than it has, that ours does not know.
  setWanted(access, 'gate', new Map([...held].map(([of, terms]) => [of, of === 'stray' ? 'until later' : terms])), at)
  while (await sync.run(stored));
  expect(told).toHaveLength(1)
  expect(held.has('stray')).toBe(true)
  // What has to go does go, in its own lane.
  setHeld(access, 'gate', held, at)
  setWanted(access, 'gate', new Map([[card, held.get(card) ?? '']]), at)
  while (await sync.takeAway());
  expect(told.slice(1)).toEqual([{ door: 'gate', card: 'stray', wanted: null }])
  expect(cardsOnDevice(access, 'gate').map((row) => row.card)).toEqual([card])
})
