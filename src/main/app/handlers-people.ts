// The calls about who people are, each mapped to its use case.
import type { peopleCalls } from '../../preload/calls-people.ts'
import { accountState, changeAccount } from './change-account.ts'
import { claimCustomer } from './claim-customer.ts'
import type { HandlersOf } from './handler-type.ts'
import { setHidden } from './hide-member.ts'
import { probableDuplicates } from './inbox-people.ts'
import { keepApart, listMerges, mergePeople, unmergePeople } from './merge-people.ts'
import { archiveMember, createMember, restoreMember, updateMember } from './people.ts'
import { done } from './result.ts'
import { timeline } from './timeline.ts'

export const peopleHandlers = {
  'members.create': (deps, args) => createMember(deps, args),
  'members.update': (deps, args) => updateMember(deps, args),
  'members.duplicates': (deps) => done(probableDuplicates(deps)),
  'members.merge': (deps, args) => mergePeople(deps, args),
  'members.unmerge': (deps, { merge }) => unmergePeople(deps, merge),
  'members.merges': (deps) => done(listMerges(deps)),
  'members.different': (deps, args) => keepApart(deps, args),
  'members.archive': (deps, { id }) => archiveMember(deps, id),
  'members.restore': (deps, { id }) => restoreMember(deps, id),
  'members.claimCustomer': (deps, args) => claimCustomer(deps, args),
  'members.setHidden': (deps, args) => setHidden(deps, args),
  'members.timeline': (deps, args) => timeline(deps, args),
  'account.get': (deps) => done(accountState(deps)),
  'account.change': (deps, args) => changeAccount(deps, args),
} satisfies HandlersOf<typeof peopleCalls>
