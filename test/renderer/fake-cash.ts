// Cash and card readers at the fake desk: a shift with two payments, and readers that can be registered, renamed, removed.
import { cashRefusals, countedAgainst, sumsOf } from '../../src/main/domain/cash.ts'
import { payReaderRefusals, payReaderWords } from '../../src/main/domain/pay-readers-en.ts'
import type { Reply } from '../../src/preload/contract.ts'
import type { CashSheet, ClosedShift, ReceiptRow } from '../../src/preload/shapes-cash.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

export type FakeCash = {
  taken: ReceiptRow[]
  closed: ClosedShift[]
  readers: Reply<'payReaders.list'>['readers']
  places: Reply<'payReaders.list'>['places']
}

export function createCash({ members, iso }: World): FakeCash {
  const row = (n: number, what: string, minor: number, currency = 'eur'): ReceiptRow => {
    const { id = '', name = '' } = members[n] ?? {}
    return {
      id: `cash-${n}`,
      number: `C-00${40 + n}`,
      at: iso(-n / 30),
      member: { id, name },
      what,
      amount: { minor, currency },
      by: 'owner',
    }
  }
  return {
    taken: [row(1, 'Full member', 6_500), row(2, 'Day pass', 1_500), row(4, 'Day pass', 2_000, 'chf')],
    closed: [
      {
        id: 'shift-1',
        openedAt: iso(-1.4),
        closedAt: iso(-1),
        by: 'owner',
        note: 'Change was given twice.',
        counts: [{ currency: 'eur', expected: 19_500, counted: 19_000 }],
        receipts: { count: 3, from: 'C-0038', to: 'C-0040' },
      },
    ],
    readers: [],
    places: [],
  }
}

export function cashHandlers(world: World, facts: FakeCash): Handlers {
  const sums = () => sumsOf(facts.taken.map(({ amount }) => amount))
  const sheetOf = (id: string): CashSheet | null => {
    const space = 'Holzmarkt Makerspace'
    const paid = facts.taken.find((one) => one.id === id)
    const shift = facts.closed.find((one) => one.id === id)
    if (shift !== undefined) return { kind: 'shift', space, shift, payments: facts.taken }
    if (paid === undefined) return null
    const { number, at, member, by, what, amount } = paid
    const lines = [{ text: what, amount }]
    return {
      kind: 'receipt',
      space,
      receipt: { number, at, name: member.name, by, lines, total: amount, paidBy: 'Cash' },
    }
  }
  const readerNamed = (id: string) => facts.readers.find((one) => one.id === id)
  return {
    'cash.status': () => ({
      shift:
        facts.taken.length === 0
          ? null
          : { id: 'shift-2', openedAt: world.iso(-0.2), expected: sums(), payments: facts.taken },
    }),
    'cash.close': ({ shift, counted, note }) => {
      const counts = countedAgainst(sums(), counted)
      if (counts === null) return no('bad-request', cashRefusals.count(sums(), 'en-GB'))
      if (note === undefined && counts.some((one) => one.expected !== one.counted))
        return no('bad-request', cashRefusals.differs(counts, 'en-GB'))
      const closed: ClosedShift = {
        id: shift,
        openedAt: world.iso(-0.2),
        closedAt: world.iso(0),
        by: 'owner',
        note: note ?? null,
        counts,
        receipts: { count: facts.taken.length, from: 'C-0041', to: 'C-0044' },
      }
      facts.closed = [closed, ...facts.closed]
      return closed
    },
    'cash.shifts': () => facts.closed,
    'cash.ofMember': ({ member }) => facts.taken.filter((one) => one.member.id === member),
    'cash.sheet': ({ id }) => sheetOf(id) ?? no('not-found', cashRefusals.noSheet),
    'payReaders.list': () => ({ readers: facts.readers, places: facts.places }),
    'payReaders.add': ({ code, label, newPlace }) => {
      if (code.trim() === '') return no('bad-request', payReaderRefusals.noCode)
      if (newPlace !== undefined && !/^[a-z]{2}$/i.test(newPlace.country))
        return no('bad-request', payReaderRefusals.country(newPlace.country))
      const place = newPlace?.name ?? facts.places[0]?.name ?? null
      if (newPlace !== undefined)
        facts.places = [{ id: 'tml_1', name: newPlace.name, address: `${newPlace.line1}, ${newPlace.country}` }]
      const reader = {
        id: `tmr_${facts.readers.length + 1}`,
        label,
        device: 'WisePOS E, simulated',
        online: true,
        place,
        shows: payReaderWords.idle,
      }
      facts.readers = [...facts.readers, reader]
      return reader
    },
    'payReaders.rename': ({ id, label }) => {
      const reader = readerNamed(id)
      if (reader === undefined) return no('not-found', payReaderRefusals.none)
      reader.label = label
      return reader
    },
    'payReaders.remove': ({ id }) => {
      facts.readers = facts.readers.filter((one) => one.id !== id)
      return { ok: true }
    },
  }
}
