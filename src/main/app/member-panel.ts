// One person as the member panel shows them: standing and why, cards, doors, payments, visits.

import type { CardRow, MemberPanel, Remedy } from '../../preload/shapes.ts'
import { shortForm } from '../domain/card-identity.ts'
import { type CredentialState, credentialAt } from '../domain/credential.ts'
import { decide } from '../domain/decide.ts'
import { memberStanding } from '../domain/member.ts'
import { panelSentences, standingDates } from '../domain/messages-en.ts'
import { sayDay } from '../domain/say.ts'
import { accessEnd, membershipStanding } from '../domain/standing.ts'
import { type Ms, toIso } from '../domain/time.ts'
import { decisionsOfMember } from '../store/access-log.ts'
import { freshSince } from '../store/billing-inbox.ts'
import { invoicesOfCustomer, priceById, subscriptionById } from '../store/billing-objects.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { allDoors, doorNames, opensFor } from '../store/doors.ts'
import { entitlementsOfMember, membershipsOfMember } from '../store/entitlements.ts'
import { customersOf, emailsOf, memberById } from '../store/members.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'
import { openDebt, sentenceFor, voiceOf } from './sentences.ts'

const INVOICES = 24
const VISITS = 50

export function memberPanel(deps: ReadDeps, id: string): Result<MemberPanel> {
  const member = memberById(deps.desk, id)
  if (member === null) return refuse('not-found', 'This person is not here any more: search for them by name.')
  const now = deps.now()
  const cards = cardsOf(deps, id, member.name, now)
  const entitlements = entitlementsOfMember(deps.desk, id, now)
  const standing = memberStanding(entitlements, now)
  return done({
    id,
    name: member.name,
    emails: emailsOf(deps.desk, [id]).get(id) ?? [],
    phone: member.phone,
    standing: standing.standing,
    standingDate: standingDate(deps, entitlements, standing, now),
    ...headline(deps, id, member.name, entitlements, cards, now),
    memberships: memberships(deps, id, now),
    cards,
    doors: doors(deps, id, cards, now),
    invoices: invoices(deps, id),
    visits: visits(deps, id),
  })
}

type Entitlements = ReturnType<typeof entitlementsOfMember>

function standingDate(
  deps: ReadDeps,
  entitlements: Entitlements,
  { standing, paidUntil, graceUntil }: ReturnType<typeof memberStanding>,
  now: Ms,
): string | null {
  const voice = voiceOf(deps)
  const deciding = entitlements.find((entitlement) => membershipStanding(entitlement, now) === standing)
  const say = (phrase: (date: string) => string, at: Ms | null | undefined) =>
    at === null || at === undefined ? null : phrase(sayDay(at, voice))
  switch (standing) {
    case 'current':
      return deciding?.knownEnd && deciding.knownEnd === paidUntil
        ? say(standingDates.endsOn, deciding.knownEnd)
        : say(standingDates.paidUntil, paidUntil)
    case 'grace':
      return say(standingDates.graceUntil, graceUntil)
    case 'frozen':
      return say(standingDates.pausedUntil, paidUntil !== null && paidUntil > now ? paidUntil : null)
    case 'lapsed':
    case 'ended':
      return say(standingDates.since, deciding === undefined ? null : accessEnd(deciding, now))
    case 'pending':
      return null
  }
}

/** The sentence that matters now and its one button, as if this person stood before a door that every plan opens. */
function headline(
  deps: ReadDeps,
  id: string,
  name: string,
  entitlements: Entitlements,
  cards: CardRow[],
  now: Ms,
): { sentence: string | null; remedy: Remedy | null } {
  const { reason, membershipId } = decide({
    now,
    policy: policyFrom(readSettings(deps.desk)),
    doorAllowance: null,
    card: 'active',
    memberships: entitlements.map((entitlement) => ({ entitlement, opensDoor: true })),
    freshSince: freshSince(deps.desk, id),
  })
  const say = () =>
    sentenceFor(deps, {
      reason,
      tense: 'ahead',
      memberId: id,
      membershipId,
      doorName: '',
      canonical: null,
      cardText: '',
      credential: null,
      at: now,
    })
  if (reason === 'ok-grace') {
    const voice = voiceOf(deps)
    const membership = membershipsOfMember(deps.desk, id, now).find((one) => one.id === membershipId)
    const { amount, since } = openDebt(deps, membership, voice)
    const graceUntil = entitlements.find((one) => one.membershipId === membershipId)?.graceUntil ?? null
    return {
      sentence: panelSentences.grace(name, amount, since, graceUntil === null ? null : sayDay(graceUntil, voice)),
      remedy: null,
    }
  }
  if (reason === 'ok-stale' || reason === 'billing-stale') return { sentence: say(), remedy: 'sync-now' }
  if (reason !== 'ok') return { sentence: say(), remedy: null }
  return cards.some((card) => card.state === 'active')
    ? { sentence: null, remedy: null }
    : { sentence: panelSentences.noCard(name), remedy: 'enrol-card' }
}

/** Newest first; a card that has since been given to somebody else is theirs. */
function cardsOf(deps: ReadDeps, memberId: string, name: string, now: Ms): CardRow[] {
  return credentialsEverOf(deps.desk, [memberId])
    .map(({ canonical, facts }) => ({ canonical, ...credentialAt(facts, now) }))
    .filter((card) => card.memberId === memberId)
    .map(({ canonical, state, since, why }) => ({
      canonical,
      short: shortForm(canonical),
      state,
      since: toIso(since),
      why,
      member: { id: memberId, name },
    }))
    .reverse()
}

function memberships(deps: ReadDeps, id: string, now: Ms): MemberPanel['memberships'] {
  const entitlements = new Map(
    entitlementsOfMember(deps.desk, id, now).map((entitlement) => [entitlement.membershipId, entitlement]),
  )
  return membershipsOfMember(deps.desk, id, now).flatMap((membership) => {
    const entitlement = entitlements.get(membership.id)
    if (entitlement === undefined) return []
    const { account, subscriptionId } = membership
    const subscription =
      account !== null && subscriptionId !== null ? subscriptionById(deps.desk, account, subscriptionId) : null
    const price = account !== null && subscription?.priceId ? priceById(deps.desk, account, subscription.priceId) : null
    return [
      {
        id: membership.id,
        kind: membership.kind,
        plan: membership.planName,
        standing: membershipStanding(entitlement, now),
        status: subscription?.status ?? 'manual',
        price: price?.unitAmount == null ? null : { minor: price.unitAmount, currency: price.currency },
        interval: price?.interval ?? null,
        paidUntil: toIso(entitlement.paidUntil),
        graceUntil: toIso(entitlement.graceUntil),
        endsAt: toIso(entitlement.knownEnd),
        customer: subscription?.customerId ?? null,
      },
    ]
  })
}

function doors(deps: ReadDeps, memberId: string, cards: readonly CardRow[], now: Ms): MemberPanel['doors'] {
  const settings = readSettings(deps.desk)
  const entitlements = entitlementsOfMember(deps.desk, memberId, now)
  // Without a working card: where the person could enter once they have one.
  const card: CredentialState = cards.some(({ state }) => state === 'active') ? 'active' : (cards[0]?.state ?? 'active')
  return allDoors(deps.desk).map((door) => {
    const opens = opensFor(deps.desk, door)
    const { grant, reason, membershipId } = decide({
      now,
      policy: policyFrom(settings),
      doorAllowance: door.allowance,
      card,
      memberships: entitlements.map((entitlement) => ({ entitlement, opensDoor: opens(entitlement.planId) })),
      freshSince: freshSince(deps.desk, memberId),
    })
    const sentence = sentenceFor(deps, {
      reason,
      tense: 'ahead',
      memberId,
      membershipId,
      doorName: door.name,
      canonical: null,
      cardText: '',
      credential: null,
      at: now,
    })
    return { id: door.id, name: door.name, grant, reason, sentence }
  })
}

function invoices(deps: ReadDeps, memberId: string): MemberPanel['invoices'] {
  const memberships = membershipsOfMember(deps.desk, memberId, deps.now())
  const account = memberships.find((membership) => membership.account !== null)?.account
  if (!account) return []
  return (customersOf(deps.desk, [memberId]).get(memberId) ?? [])
    .flatMap((customer) => invoicesOfCustomer(deps.desk, account, customer, INVOICES))
    .toSorted((a, b) => b.created - a.created)
    .map((invoice) => ({
      id: invoice.id,
      number: invoice.number,
      status: invoice.status,
      due: invoice.due,
      remaining: invoice.remaining,
      createdAt: toIso(invoice.created),
      dueAt: toIso(invoice.dueAt),
      url: invoice.url,
    }))
}

function visits(deps: ReadDeps, memberId: string): MemberPanel['visits'] {
  if (deps.access === null) return []
  const names = doorNames(deps.desk)
  return decisionsOfMember(deps.access, memberId, VISITS).map((row) => {
    const door = names.get(row.doorId) ?? row.doorId
    const membershipId = typeof row.inputs.membership === 'string' ? row.inputs.membership : null
    const sentence = sentenceFor(deps, {
      reason: row.reason,
      tense: 'past',
      memberId,
      membershipId,
      doorName: door,
      canonical: row.canonical,
      cardText: row.cardText,
      credential: null,
      at: row.at,
    })
    return { seq: row.seq, at: toIso(row.at), door, grant: row.granted, reason: row.reason, sentence }
  })
}
