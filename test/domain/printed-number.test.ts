import { expect, test } from 'vitest'
import { bestFits, fitOf } from '../../src/main/domain/printed-number.ts'

test.each([
  ['em:6F007B3972', '0476749445490', 3],
  ['em:6F007B3972', '0008075634', 2],
  ['em:6F007B3972', '123,14706', 2],
  ['iso14a:1EA68671', '1E:A6:86:71', 3],
  ['iso14a:04AF68DAC85A80', '104,44804', 2],
  ['w34:007B3972', '0008075634', 1],
  ['w34:007B3972', '6F007B3972', 1],
  ['w34:007B3972', '123,14706', 1],
  ['em:6F007B3972', '0008075635', 0],
  ['w26:7B3972', 'no number', 0],
] as const)('%s against the printed %s fits %i', (card, printed, fits) => expect(fitOf(card, printed)).toBe(fits))

test('the byte order of a reader is learned from a card whose number is printed on it', () => {
  const readings = [
    { form: '8H10D', card: 'w34:7186A61E' },
    { form: 'iso14a-lsb-dec', card: 'iso14a:1EA68671' },
    { form: 'iso14a-msb-dec', card: 'iso14a:7186A61E' },
  ]
  expect(bestFits(readings, '1EA68671').map(({ form }) => form)).toEqual(['iso14a-lsb-dec'])
  expect(bestFits(readings, ' 7186A61E ').map(({ form }) => form)).toEqual(['iso14a-msb-dec'])
  // The number that the reader itself shows tells nothing of the order.
  expect(bestFits(readings, '1904649758').map(({ form }) => form)).toEqual(['iso14a-lsb-dec', 'iso14a-msb-dec'])
  expect(bestFits(readings, '42')).toEqual([])
})
