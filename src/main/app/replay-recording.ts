// Feeds a recording into an empty database, by the same code that a sync uses: what the desk made of it, again.
import type { NewId } from '../domain/ids.ts'
import type { MembershipFact } from '../domain/recorded-facts.ts'
import type { Ms } from '../domain/time.ts'
import { writeSyncState } from '../store/billing-inbox.ts'
import { allSubscriptionIds } from '../store/billing-objects.ts'
import { rememberDue, rememberPauseAtImport } from '../store/first-seen.ts'
import type { WriteDb } from '../store/open.ts'
import { insertPlan, planById } from '../store/plans.ts'
import { decidePrice } from '../store/price-plans.ts'
import { policyFrom, readSettings, type Settings, writeSetting } from '../store/settings.ts'
import { dropObject, emptyTally, storePage } from '../stripe/mirror.ts'
import { receiveEvents } from '../stripe/read-changes.ts'
import type { RecordedLine } from '../stripe/recording.ts'
import { translate } from '../stripe/translate.ts'
import { deriveSubscription } from './derive-entitlements.ts'
import { deriveAllManual } from './derive-manual.ts'
import { replayMembership, replayPerson } from './replay-facts.ts'

type Sales = Extract<RecordedLine, { line: 'begin' }>['sales']

export type { RecordedLine }

/** Returns the moment at which the recording ended. Throws where a line is none. */
export function replayRecording(db: WriteDb, lines: Iterable<RecordedLine>, newId: NewId): Ms {
  const tally = emptyTally()
  let account = ''
  let at: Ms = 0
  const target = () => ({ db, account, apiVersion: 'recorded', run: 1, fresh: false })
  let readBefore = false
  const memberships: MembershipFact[] = []
  for (const line of lines) {
    switch (line.line) {
      case 'begin':
        account = line.account === '' ? 'recorded' : line.account
        at = line.at
        readBefore = line.readBefore
        for (const [key, value] of Object.entries(line.settings)) writeSetting(db, key as keyof Settings, value, at)
        writeSyncState(db, { account, livemode: line.livemode })
        decide(db, line.sales, account, at)
        break
      case 'event':
        receiveEvents(db, [line.event], { account, source: 'poll', receivedAt: line.receivedAt })
        break
      case 'object': {
        const mirror = translate(line.kind, line.raw)
        storePage(target(), [{ mirror, fetchedAt: line.fetchedAt }], line.fetchedAt, tally)
        break
      }
      case 'gone':
        dropObject(target(), tally, line.kind, line.id, { at: line.at, order: line.at })
        break
      case 'due':
        rememberDue(db, account, line.id, line.dueAt, line.seenAt)
        break
      case 'pause':
        rememberPauseAtImport(db, account, line.subscription, line.seenAt, line.reviewedAt)
        break
      case 'person':
        replayPerson(db, account, line)
        break
      case 'membership':
        memberships.push(line)
        break
      case 'end':
        at = line.at
        break
    }
  }
  // What the first import finds paused waits for a manager; later nothing does.
  if (readBefore) writeSyncState(db, { lastCompleteAt: at })
  const policy = policyFrom(readSettings(db))
  const derive = { db, account, policy, now: at, newId, origin: 'replay', sold: new Map() }
  db.transaction(() => {
    for (const id of allSubscriptionIds(db, account)) deriveSubscription(derive, id)
    for (const membership of memberships) replayMembership(derive, membership)
    deriveAllManual(db, policy, at)
  }).immediate()
  writeSyncState(db, { freshFrom: at, lastCompleteAt: at })
  return at
}

function decide(db: WriteDb, sales: Sales, account: string, at: Ms): void {
  for (const { price, plan } of sales.prices) {
    if (plan !== null && planById(db, plan.id) === null) insertPlan(db, { ...plan, at })
    decidePrice(db, { account, priceId: price, planId: plan?.id ?? null, at, operator: 'recorded' })
  }
  if (sales.confirmed) writeSetting(db, 'mappingConfirmedAt', at, at)
}
