// Bodies and queries that nobody meant: almost right, quite wrong, and right where nobody expects it.
import type { Random } from './random.ts'

const KEYS = ['door', 'client_nonce', 'id', 'card', 'format', 'events', 'lost_to', '__proto__', 'constructor', 'x']
const FORMATS = ['canonical', 'hex', '8H10D', '6H8D', 'W26', 'W34', 'uhppote', 'mfrc522', '', null, 7, {}]
const VALUES: ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1e308,
  () => '',
  () => 'front',
  () => '__proto__',
  () => '\ud800',
  () => 'em:6F007B3972',
  ({ hex }) => hex(32),
  ({ hex, below }) => hex(below(80)),
  ({ bytes, below }) => bytes(below(40)).toString('latin1'),
  () => [],
  () => ({}),
  ({ below }) => '9'.repeat(below(300)),
  () => '00000000-0000-4000-8000-000000000001',
]

const value = (random: Random) => random.pick(VALUES)(random)

/** Whatever may stand where a JSON object should. */
export function strangeBody(random: Random): string {
  const { below, pick } = random
  switch (below(8)) {
    case 0:
      return anything(random).slice(0, below(60))
    case 1:
      return '['.repeat(below(5_000))
    case 2:
      return JSON.stringify({ door: 'front', client_nonce: random.hex(32) })
    case 3:
      return strangeCheck(random)
    case 4:
      return strangeEvents(random)
    case 5:
      return JSON.stringify(pick([null, 0, '', [], [[]], 'x'.repeat(below(4_000))]))
    default:
      return anything(random)
  }
}

function anything(random: Random): string {
  const entries = Array.from(
    { length: random.below(5) },
    () => `${JSON.stringify(random.pick(KEYS))}:${JSON.stringify(value(random))}`,
  )
  return `{${entries.join(',')}}`
}

/** A question about a card in which something may be odd; no card in it is anybody's. */
export function strangeCheck(random: Random): string {
  const { below, pick, hex } = random
  const digits = hex(32)
  const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return JSON.stringify({
    id: below(4) === 0 ? value(random) : id,
    card: pick([() => value(random), () => `em:${hex(10).toUpperCase()}`, () => hex(10), () => String(below(1e9))])(),
    ...(below(2) === 0 ? { format: pick(FORMATS) } : {}),
  })
}

const NUMBERS = [0, -1, 1.5, '1', 2 ** 53, 1e300, null, true]
const MOMENTS = [
  '2026-11-20T18:00:00Z',
  '2026-11-20T18:00:09.123Z',
  '0000-00-00',
  'now',
  0,
  null,
  '+275760-09-13T00:00:01Z',
]
const REASONS = ['ok', 'ok-grace', 'unknown-card', 'lapsed', 'because', '', null, 'ok ']
const KINDS = ['forced', 'open-too-long', 'not-opened', 'closed', 'power-on', 'melted', '__proto__', null]

/** An upload; about half of them make sense. */
export function strangeEvents(random: Random): string {
  const { below, pick } = random
  const isOdd = below(2) === 0
  const of = <T>(list: readonly T[], fine: number) => (isOdd ? pick(list) : (list[below(fine)] as T))
  const event = () => ({
    n: isOdd && below(3) === 0 ? pick(NUMBERS) : 1 + below(2_000),
    at: of(MOMENTS, 2),
    ...(below(2) === 0
      ? { kind: of(KINDS, 5) }
      : { card: isOdd ? value(random) : random.hex(10), grant: below(2) === 0, reason: of(REASONS, 4) }),
  })
  const events = Array.from({ length: below(5) }, event)
  const lost = below(6) === 0 ? { lost_to: isOdd ? pick(NUMBERS) : 1 + below(500) } : {}
  return JSON.stringify({ events: isOdd && below(5) === 0 ? value(random) : events, ...lost })
}

const SINCE = ['', '0', '1', '-1', '01', '1e3', '9007199254740991', '9007199254740992', '%00', '%ff', 'x', '0&since=1']
const LIMIT = ['1', '5000', '0', '5001', '-1', '1.5', '', '1&limit=2', '%31']
const AFTER = ['', 'em:', '%00', '%ff%fe', '%', '%zz', '%F0%9F%94%91', "'--", 'a'.repeat(3_000), '../..']

/** What may be asked for behind `/door/v1/list`. */
export function strangeQuery(random: Random): string {
  const { below, pick } = random
  const parts = [`since=${pick(SINCE)}`, `limit=${pick(LIMIT)}`, `after=${pick(AFTER)}`, 'x', '=', '&', '?', ';']
  return `?${parts.filter(() => below(3) === 0).join('&')}`
}
