import { describe, expect, it } from 'vitest'
import { type CredentialFact, credentialAt } from '../../src/main/domain/credential.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { NOW } from './samples.ts'

const enrolled = (memberId = 'ana', at = NOW - 10 * DAY): CredentialFact => ({
  kind: 'enrolled',
  at,
  memberId,
  validFrom: null,
  validUntil: null,
})
const revoked = (reason: 'lost' | 'stolen' | 'returned' | 'damaged'): CredentialFact => ({
  kind: 'revoked',
  at: NOW - 5 * DAY,
  reason,
})
const suspended: CredentialFact = { kind: 'suspended', at: NOW - 5 * DAY, reason: 'locker open' }
const stocked = (loaner = true): CredentialFact => ({ kind: 'stocked', at: NOW - 3 * DAY, loaner })
const labelled: CredentialFact = { kind: 'labelled', at: NOW - 2 * DAY, label: 'Loaner 3' }
const upgraded: CredentialFact = { kind: 'upgraded', at: NOW - DAY, from: 'w26:7B3972' }
const reinstated: CredentialFact = { kind: 'reinstated', at: NOW - DAY }

describe('the state of a card follows from its facts', () => {
  it.each([
    ['none', [], 'unassigned', null],
    ['enrolled', [enrolled()], 'active', 'ana'],
    ['enrolled, lost', [enrolled(), revoked('lost')], 'lost', 'ana'],
    ['enrolled, stolen', [enrolled(), revoked('stolen')], 'stolen', 'ana'],
    ['enrolled, returned', [enrolled(), revoked('returned')], 'revoked', 'ana'],
    ['enrolled, damaged', [enrolled(), revoked('damaged')], 'revoked', 'ana'],
    ['enrolled, suspended', [enrolled(), suspended], 'suspended', 'ana'],
    ['enrolled, suspended, reinstated', [enrolled(), suspended, reinstated], 'active', 'ana'],
    ['enrolled, lost, found again', [enrolled(), revoked('lost'), reinstated], 'active', 'ana'],
    ['returned, then given to another', [enrolled(), revoked('returned'), enrolled('ben', NOW - DAY)], 'active', 'ben'],
    ['in stock', [stocked()], 'unassigned', null],
    ['a loaner that is out', [stocked(), enrolled()], 'active', 'ana'],
    ['a loaner that came back', [enrolled(), stocked()], 'unassigned', null],
    ['labelled, seen whole', [enrolled(), labelled, upgraded], 'active', 'ana'],
    ['enrolled tomorrow', [enrolled('ana', NOW + DAY)], 'unassigned', null],
  ] as [string, CredentialFact[], string, string | null][])('%s', (_, facts, state, memberId) => {
    expect(credentialAt(facts, NOW)).toMatchObject({ state, memberId })
  })

  it('keeps its label and whether it is a loaner, until it is told otherwise', () => {
    const due: CredentialFact = { ...enrolled(), dueAt: NOW + DAY } as CredentialFact
    expect(credentialAt([stocked(), labelled, due], NOW)).toMatchObject({
      label: 'Loaner 3',
      loaner: true,
      dueAt: NOW + DAY,
    })
    expect(credentialAt([labelled, due, stocked(false)], NOW)).toMatchObject({
      label: 'Loaner 3',
      loaner: false,
      dueAt: null,
    })
    expect(credentialAt([labelled, { ...labelled, label: '' }], NOW).label).toBeNull()
  })

  it('knows validity dates', () => {
    const dated: CredentialFact = {
      kind: 'enrolled',
      at: NOW - DAY,
      memberId: 'ana',
      validFrom: NOW,
      validUntil: NOW + DAY,
    }
    expect([NOW - 1, NOW, NOW + DAY].map((at) => credentialAt([dated], at).state)).toEqual([
      'not-yet-active',
      'active',
      'expired',
    ])
  })
})
