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
    ['enrolled tomorrow', [enrolled('ana', NOW + DAY)], 'unassigned', null],
  ] as [string, CredentialFact[], string, string | null][])('%s', (_, facts, state, memberId) => {
    expect(credentialAt(facts, NOW)).toMatchObject({ state, memberId })
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
