import { expect, test } from 'vitest'
import { createDebounce, createThrottle } from '../../hardware/frames/debounce.ts'

const presentations = (frames: [card: string, at: number][]) => {
  const isNew = createDebounce()
  return frames.filter(([card, at]) => isNew({ card, at })).map(([card, at]) => `${card}@${at}`)
}

test('a card stays the same presentation for as long as its frames come within 500 ms of each other', () => {
  expect(
    presentations([
      ['a', 0],
      ['a', 400],
      ['a', 900],
      ['a', 1_400],
      ['a', 1_901],
    ]),
  ).toEqual(['a@0', 'a@1901'])
})

test('two cards held together are two presentations, however often they take turns', () => {
  expect(
    presentations([
      ['a', 0],
      ['b', 60],
      ['a', 120],
      ['b', 180],
      ['a', 240],
    ]),
  ).toEqual(['a@0', 'b@60'])
})

test('a clock that is set back swallows no card', () => {
  expect(
    presentations([
      ['a', 1_000_000],
      ['a', 2_000],
      ['a', 2_060],
    ]),
  ).toEqual(['a@1000000', 'a@2000'])
})

test('rejected frames are told at most three times a second', () => {
  const mayTell = createThrottle()
  const told = Array.from({ length: 40 }, (_, index) => index * 50).filter(mayTell)
  expect(told).toEqual([0, 50, 100, 1_000, 1_050, 1_100])
})
