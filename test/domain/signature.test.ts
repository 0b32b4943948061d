// What is taken as a signature, whatever comes in; and which signing of a waiver counts.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MOST_POINTS, readStrokes, type Strokes, signatureFault } from '../../src/main/domain/signature.ts'
import { type Signing, waiverAt } from '../../src/main/domain/waiver.ts'

const line = (points: number): Strokes[number] => Array.from({ length: points }, (_, n) => [n % 600, 100])

it.each<[string, Strokes, ReturnType<typeof signatureFault>]>([
  ['nothing', [], 'empty'],
  ['a dot', [[[5, 5]]], 'empty'],
  ['many dots', Array.from({ length: 50 }, (_, n) => [[n * 10, 5]]), 'empty'],
  [
    'a slip of the hand',
    [
      [
        [5, 5],
        [30, 5],
      ],
    ],
    'empty',
  ],
  [
    'a short letter',
    [
      [
        [5, 5],
        [45, 5],
      ],
    ],
    null,
  ],
  [
    'two strokes',
    [
      [
        [5, 5],
        [25, 5],
      ],
      [
        [100, 5],
        [120, 5],
      ],
    ],
    null,
  ],
  ['as much as may be', [line(MOST_POINTS)], null],
  ['more', [line(MOST_POINTS), [[1, 1]]], 'too-much'],
])('%s', (_, strokes, fault) => {
  expect(signatureFault(strokes)).toBe(fault)
})

it.each([
  '',
  '{',
  'null',
  '7',
  '{}',
  '[7]',
  '[[]]',
  '[[[1]]]',
  '[[[1,2,3]]]',
  '[[[1.5,2]]]',
  '[[[-1,2]]]',
  '[[[601,2]]]',
  '[[[1,201]]]',
  '[[["1",2]]]',
  '[[[1,null]]]',
  '[[[1,1e999]]]',
])('is no list of strokes: %j', (text) => {
  expect(readStrokes(text)).toBeNull()
})

it('is read as it was written, and anything else never throws', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 200 }))
  const strokes = fc.array(fc.array(point, { minLength: 1, maxLength: 20 }), { maxLength: 10 })
  fc.assert(
    fc.property(strokes, (drawn) => {
      expect(readStrokes(JSON.stringify(drawn))).toEqual(drawn)
    }),
    { numRuns: 50 },
  )
  fc.assert(
    fc.property(fc.json(), (text) => void readStrokes(text)),
    { numRuns: 200 },
  )
})

it('of a waiver the version in force counts, whenever it was signed', () => {
  const signed = (version: string, at: number): Signing => ({ version, at, as: 'person', name: 'Ana', strokes: null })
  const present = { version: '2', text: 'x', url: null, at: 50 }
  expect(waiverAt(null, [])).toEqual({ due: false, signing: null })
  expect(waiverAt(present, [])).toEqual({ due: true, signing: null })
  expect(waiverAt(present, [signed('1', 10), signed('0', 5)])).toEqual({ due: true, signing: signed('1', 10) })
  expect(waiverAt(present, [signed('2', 60), signed('1', 70)])).toEqual({ due: false, signing: signed('2', 60) })
  expect(waiverAt(null, [signed('1', 10), signed('2', 60)])).toEqual({ due: false, signing: signed('2', 60) })
})
