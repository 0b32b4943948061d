// One person as the member panel shows them: standing and why, cards, doors, payments, visits.

import type { CardRow, MemberPanel } from '../../preload/shapes.ts'
import type { Remedy } from '../../preload/shapes-doors.ts'
import type { CredentialState } from '../domain/credential.ts'
import { decide } from '../domain/decide.ts'
import { isReason } from '../domain/door-events.ts'
import { memberStanding } from '../domain/member.ts'
import { panelSentences, sentences, standingDates } from '../domain/messages-en.ts'
import { receiptInputs } from '../domain/receipt.ts'
import { sayDay, sayLastDay } from '../domain/say.ts'
import { accessEnd, membershipStanding } from '../domain/standing.ts'
import { type Ms, toIso } from '../domain/time.ts'
import { decisionsOfMember } from '../store/access-log.ts'
import { invoicesOfCustomer } from '../store/billing-objects.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { customerLinks } from '../store/customer-links.ts'
import { barAt, keysOf } from '../store/door-orders.ts'
import { personSnapshot } from '../store/door-snapshot.ts'
import { allDoors, doorNames } from '../store/doors.ts'
import { entitlementsOfMember } from '../store/entitlements.ts'
import { hiddenPeople } from '../store/hidden.ts'
import { emailsOf, memberById } from '../store/members.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import { openSignUpOf } from '../store/sign-ups.ts'
import { atAnyDoor } from './at-any-door.ts'
import { rowOf } from './card-text.ts'
import type { ReadDeps } from './deps.ts'
import { historyOf } from './member-history.ts'
import { isPayable } from './open-debt.ts'
import { cardHeadline } from './panel-card.ts'
import { companyOf, invitedBy } from './panel-company.ts'
import { panelBalances, panelMemberships } from './panel-memberships.ts'
import { remediesFor } from './remedy.ts'
import { done, type Result, refuse } from './result.ts'
import { sentenceFor, sentenceParts, voiceOf } from './sentences.ts'
import { sentenceOfRow } from './told-row.ts'

const INVOICES = 24
const VISITS = 50

export function memberPanel(deps: ReadDeps, id: string): Result<MemberPanel> {
  const member = memberById(deps.desk, id)
  if (member === null) return refuse('not-found', 'This person is not here any more: search for them by name.')
  const now = deps.now()
  const cards = cardsOf(deps, id)
  const entitlements = entitlementsOfMember(deps.desk, id, now)
  const standing = memberStanding(entitlements, now)
  const barred = barAt(deps.desk, id, now)
  return done({
    id,
    name: member.name,
    emails: emailsOf(deps.desk, [id]).get(id) ?? [],
    phone: member.phone,
    standing: standing.standing,
    standingDate: standingDate(deps, entitlements, standing, now),
    ...headline(deps, id, member.name, entitlements, cards, now),
    memberships: panelMemberships(deps, id, now),
    balances: panelBalances(deps, id),
    ...companyOf(deps, id),
    keys: keysOf(deps.desk, id),
    bar: barred && {
      since: toIso(barred.at),
      until: toIso(barred.until),
      why: barred.why,
      by: barred.operator,
    },
    history: historyOf(deps, id),
    archivedAt: toIso(member.archivedAt),
    hidden: hiddenPeople(deps.desk).has(id),
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
    at === null || at === undefined ? null : phrase(sayLastDay(at, voice))
  const ended = deciding === undefined ? null : accessEnd(deciding, now)
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
      return ended === null ? null : standingDates.since(sayDay(ended, voice))
    case 'pending': {
      const provisional = deciding?.provisionalUntil ?? null
      return say(standingDates.graceUntil, provisional !== null && provisional > now ? provisional : null)
    }
  }
}

/** The sentence that matters now and its buttons, as if this person stood before a door that every plan opens. */
function headline(
  deps: ReadDeps,
  id: string,
  name: string,
  entitlements: Entitlements,
  cards: CardRow[],
  now: Ms,
): Pick<MemberPanel, 'sentence' | 'remedies'> {
  const input = atAnyDoor(deps, id, entitlements, now)
  const decision = decide(input)
  const { reason } = decision
  const withCard = cards.some((card) => card.state === 'active')
  if (reason === 'ok') {
    if (withCard) return { sentence: null, remedies: [] }
    const noCard = { sentence: panelSentences.noCard(name), remedies: ['enrol-card' as const] }
    return cardHeadline(deps, name, cards) ?? noCard
  }
  const invited = reason === 'no-membership' ? invitedBy(deps, id) : null
  if (invited !== null)
    return {
      sentence: panelSentences.guest(name, invited.host, invited.until),
      remedies: withCard ? [] : ['enrol-card'],
    }
  const nobody = { canonical: null, credential: null, memberId: id, revision: 0 }
  const parts = sentenceParts(deps, {
    ...decision,
    receipt: receiptInputs({ ...nobody, input, entitlements }, decision),
    tense: 'ahead',
    memberId: id,
    doorName: '',
    canonical: null,
    cardText: '',
    credential: null,
    at: now,
  })
  const sentence = reason === 'ok-grace' ? panelSentences.grace(parts) : sentences[reason](parts)
  const deciding = entitlements.find((one) => one.membershipId === decision.membershipId)
  const payable = isPayable(deps, decision.membershipId)
  const remedies = remediesFor(reason, decision.detail, deciding?.method === 'manual', payable)
  // Whoever reads this sees the person already.
  const mends = (remedy: Remedy) =>
    remedy === 'finish-sign-up' ? openSignUpOf(deps.desk, id) !== null : remedy !== 'see-person'
  return { sentence, remedies: remedies.filter(mends) }
}

/** Newest first; a card that has since been given to somebody else is theirs. */
function cardsOf(deps: ReadDeps, memberId: string): CardRow[] {
  return credentialsEverOf(deps.desk, [memberId])
    .map(({ canonical, facts }) => rowOf(deps, canonical, facts))
    .filter(({ member }) => member?.id === memberId)
    .reverse()
}

function doors(deps: ReadDeps, memberId: string, cards: readonly CardRow[], now: Ms): MemberPanel['doors'] {
  // Without a working card: where the person could enter once they have one.
  const card: CredentialState = cards.some(({ state }) => state === 'active') ? 'active' : (cards[0]?.state ?? 'active')
  return allDoors(deps.desk).map((door) => {
    const person = personSnapshot(deps, door, memberId, now)
    const snapshot = { ...person, input: { ...person.input, card } }
    const decision = decide(snapshot.input)
    const { grant, reason } = decision
    const sentence = sentenceFor(deps, {
      ...decision,
      receipt: receiptInputs(snapshot, decision),
      tense: 'ahead',
      memberId,
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
  return customerLinks(deps.desk, memberId)
    .flatMap(({ account, customerId }) => invoicesOfCustomer(deps.desk, account, customerId, INVOICES))
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
  const { access } = deps
  const rows = idsOfPerson(deps.desk, memberId).flatMap((id) => decisionsOfMember(access, id, VISITS))
  const newest = rows.toSorted((a, b) => b.at - a.at || b.seq - a.seq).slice(0, VISITS)
  return newest.flatMap((row) => {
    const { reason } = row
    if (!isReason(reason)) return []
    const door = names.get(row.doorId) ?? row.doorId
    const sentence = sentenceOfRow(deps, row, reason, door)
    return [{ seq: row.seq, at: toIso(row.at), door, grant: row.granted, reason, sentence }]
  })
}
