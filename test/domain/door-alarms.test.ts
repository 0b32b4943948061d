// What a door told, and whether somebody has to go and look: every rule as a case.
import { expect, test } from 'vitest'
import { type AlarmKind, alarmsOf, type Told } from '../../src/main/domain/door-alarms.ts'
import type { ToldWord } from '../../src/main/domain/door-events.ts'
import { HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { NOW } from './samples.ts'

/** "forced 40" happened and was heard 40 minutes ago; "forced 300/40" happened 300 minutes ago, and the desk heard it 40 ago. */
function told(rows: readonly string[]): (word: ToldWord) => Told[] {
  const all = rows.map((row, index) => {
    const [word, minutes = ''] = row.split(' ')
    const [at, heard = at] = minutes.split('/').map((n) => NOW - Number(n) * MINUTE)
    return { word, seq: index + 1, at: at ?? 0, heardAt: heard ?? 0 }
  })
  return (wanted) => all.filter(({ word }) => word === wanted).reverse()
}

type Case = [string, string[], { seen?: Partial<Record<AlarmKind, number>>; held?: [number, number] }, string[]]

test.each<Case>([
  ['nothing', [], {}, []],
  ['opened without a grant', ['forced 40'], {}, ['forced 40']],
  ['of several the last is told', ['forced 40', 'forced 30'], {}, ['forced 30']],
  ['somebody has seen it', ['forced 40'], { seen: { forced: 35 } }, []],
  ['again within a quarter of an hour of that', ['forced 40', 'forced 21'], { seen: { forced: 35 } }, []],
  ['again after a quarter of an hour', ['forced 40', 'forced 20'], { seen: { forced: 35 } }, ['forced 20']],
  ['quiet for one kind is not quiet for another', ['events-lost 21'], { seen: { forced: 35 } }, ['events-lost 21']],
  ['it happened long ago, and the desk heard it only now', ['forced 300/2'], { seen: { forced: 200 } }, ['forced 300']],
  ['in the time when the door was held open by order', ['forced 40'], { held: [60, 20] }, []],
  ['before that time', ['forced 70', 'forced 40'], { held: [60, 20] }, ['forced 70']],

  ['stands open', ['open-too-long 40'], {}, ['open-too-long 40']],
  ['is shut again', ['open-too-long 40', 'closed 39'], {}, []],
  ['was shut, and stands open again', ['open-too-long 40', 'closed 39', 'open-too-long 5'], {}, ['open-too-long 5']],
  ['stands open, and somebody has seen it', ['open-too-long 40'], { seen: { 'open-too-long': 39 } }, []],
  ['told again in the quiet time', ['open-too-long 14', 'open-too-long 8'], { seen: { 'open-too-long': 12 } }, []],
  [
    'told again in the quiet time, and open still after it',
    ['open-too-long 40', 'open-too-long 30'],
    { seen: { 'open-too-long': 35 } },
    ['open-too-long 30'],
  ],
  [
    'told again in the quiet time, and shut by its end',
    ['open-too-long 40', 'open-too-long 30', 'closed 25'],
    { seen: { 'open-too-long': 35 } },
    [],
  ],
  ['is shut again, and the desk heard of that first', ['closed 5/3', 'open-too-long 10/2'], {}, []],
  ['was shut, stands open again, and is heard of first', ['open-too-long 5/3', 'closed 10/2'], {}, ['open-too-long 5']],
  ['opened and shut in one moment', ['open-too-long 5', 'closed 5'], {}, []],
  ['held open by order', ['open-too-long 40'], { held: [60, 20] }, []],

  ['a controller lost what it had', ['events-lost 40'], {}, ['events-lost 40']],
  ['lost it while held open, which excuses nothing', ['events-lost 40'], { held: [60, 20] }, ['events-lost 40']],

  ['a power cut', ['power-on 40'], {}, []],
  ['two of them', ['power-on 40', 'power-on 30'], {}, []],
  ['three starts within an hour', ['power-on 80', 'power-on 40', 'power-on 30'], {}, ['power-on 30']],
  ['three starts in a day', ['power-on 800', 'power-on 40', 'power-on 30'], {}, []],
  ['three on its own while the desk was silent', ['power-on 800/9', 'power-on 600/9', 'power-on 400/9'], {}, []],
  [
    'seen, and one more',
    ['power-on 60', 'power-on 50', 'power-on 40', 'power-on 20'],
    { seen: { 'power-on': 38 } },
    [],
  ],
  [
    'seen, and three more',
    ['power-on 60', 'power-on 50', 'power-on 40', 'power-on 22', 'power-on 21', 'power-on 20'],
    { seen: { 'power-on': 38 } },
    ['power-on 20'],
  ],

  ['nobody went through, shut, ready: nothing to look at', ['not-opened 9', 'closed 8', 'power-on 7'], {}, []],
  [
    'of each kind one',
    ['forced 9', 'open-too-long 8', 'events-lost 7'],
    {},
    ['forced 9', 'open-too-long 8', 'events-lost 7'],
  ],
])('%s', (_, rows, { seen = {}, held }, expected) => {
  const alarms = alarmsOf({
    now: NOW,
    told: told(rows),
    seenAt: (kind) => (seen[kind] === undefined ? null : NOW - seen[kind] * MINUTE),
    held: (at) => held !== undefined && at >= NOW - held[0] * MINUTE && at < NOW - held[1] * MINUTE,
  })
  expect(alarms.map(({ kind, at }) => `${kind} ${(NOW - at) / MINUTE}`)).toEqual(expected)
})

test('a row names itself, so that the log can be asked about it', () => {
  const rows = [{ seq: 7, at: NOW - HOUR, heardAt: NOW - HOUR }]
  const told = (word: ToldWord) => (word === 'forced' ? rows : [])
  expect(alarmsOf({ now: NOW, told, seenAt: () => null, held: () => false })).toEqual([
    { kind: 'forced', seq: 7, at: NOW - HOUR },
  ])
})
