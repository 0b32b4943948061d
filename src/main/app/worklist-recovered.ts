// Refused at a door, paid at the desk, in again: how much, and how many minutes it took.
import type { Args, Reply } from '../../preload/contract.ts'
import type { AtDoorRow } from '../../preload/shapes-worklists.ts'
import { manualRefusals } from '../domain/memberships-en.ts'
import type { PayWay } from '../domain/payment.ts'
import { isGrant } from '../domain/reasons.ts'
import { sayMoment, type Voice } from '../domain/say.ts'
import { DAY, endOfLocalDate, MINUTE, startOfLocalDate, startOfLocalDay, toIso } from '../domain/time.ts'
import { median } from '../domain/worklists.ts'
import { listDefinitions, recoveredWords as words } from '../domain/worklists-en.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import { readSettings } from '../store/settings.ts'
import { nextLetIn } from '../store/worklist-visits.ts'
import type { ReadDeps } from './deps.ts'
import { listRecovered } from './recovered.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { ROWS } from './worklist-people.ts'

/** Where nobody says from when. */
const USUAL = 90 * DAY

export function recoveredList(
  deps: ReadDeps,
  { from: asked, until: last, limit = ROWS }: Args<'worklists.recovered'>,
): Result<Reply<'worklists.recovered'>> {
  const { timeZone } = readSettings(deps.desk)
  const now = deps.now()
  const from = asked === undefined ? startOfLocalDay(now - USUAL, timeZone) : startOfLocalDate(asked, timeZone)
  const until = last === undefined ? now : endOfLocalDate(last, timeZone)
  if (from === null) return refuse('bad-request', manualRefusals.noDay(asked ?? ''))
  if (until === null) return refuse('bad-request', manualRefusals.noDay(last ?? ''))
  const recovered = listRecovered(deps, {})
  if (!recovered.ok) return recovered
  const rows = recovered.value
    .filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= until)
    .map((one) => atDoorRow(deps, voiceOf(deps), one))
  const sums = [...Map.groupBy(rows, ({ amount }) => amount.currency)].map(([currency, some]) => ({
    amount: { minor: some.reduce((sum, { amount }) => sum + amount.minor, 0), currency },
    count: some.length,
    minutes: median(some.flatMap(({ minutesToPay }) => minutesToPay ?? [])),
  }))
  return done({
    from: toIso(from),
    until: toIso(until),
    total: rows.length,
    sums: sums.toSorted((a, b) => (a.amount.currency < b.amount.currency ? -1 : 1)),
    rows: rows.slice(0, limit),
    definition: listDefinitions.recovered,
  })
}

function atDoorRow({ access, desk }: ReadDeps, voice: Voice, one: Reply<'money.recovered'>[number]): AtDoorRow {
  const { at, member, amount, way, by, invoice, swipe } = one
  const paid = Date.parse(at)
  const back = access === null ? null : nextLetIn(access, idsOfPerson(desk, member.id), paid)
  const minutesToPay = swipe === null ? null : Math.round((paid - Date.parse(swipe.at)) / MINUTE)
  const minutesToBack = back === null ? null : Math.round((back - paid) / MINUTE)
  const came = minutesToBack === null ? words.notBack : words.back(minutesToBack)
  return {
    id: invoice,
    member,
    sentence: `${beginning(swipe, way, minutesToPay, voice)}, ${came}.`,
    at,
    amount,
    way,
    by,
    swipe: swipe && { at: swipe.at, door: swipe.door, reason: swipe.reason },
    minutesToPay,
    backAt: toIso(back),
    minutesToBack,
  }
}

function beginning(swipe: Swipe | null, way: PayWay, minutes: number | null, voice: Voice): string {
  if (swipe === null) return words.paidAlone(way)
  const say = isGrant(swipe.reason) ? words.late : words.refused
  return `${say(swipe.door, sayMoment(Date.parse(swipe.at), voice))}, ${words.paid(way, minutes ?? 0)}`
}

type Swipe = NonNullable<Reply<'money.recovered'>[number]['swipe']>
