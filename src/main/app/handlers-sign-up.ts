// The contract's calls about sign-ups, each mapped to its use case.
import type { signUpCalls } from '../../preload/calls-sign-up.ts'
import type { SignUp } from '../../preload/shapes-sign-up.ts'
import { signUpRefusals } from '../domain/sign-up-en.ts'
import type { ReadDeps } from './deps.ts'
import type { HandlersOf } from './handler-type.ts'
import { giveProvisional } from './provisional.ts'
import { done, type Result, refuse } from './result.ts'
import { setSale } from './set-sale.ts'
import { fillIn } from './sign-up-details.ts'
import { signUpNow } from './sign-up-journal.ts'
import { acceptTerms, agree, choosePlan, finish, giveUp, pay, payReaders, showBill, stop } from './sign-up-steps.ts'
import { listSignUps, planOffers, signUpView } from './sign-up-view.ts'
import { startSignUp } from './start-sign-up.ts'

export const signUpHandlers = {
  'signUps.start': (deps, args) => startSignUp(deps, args),
  'signUps.list': (deps) => done(listSignUps(deps)),
  'signUps.get': (deps, { id }) => signUpNamed(deps, id),
  'signUps.plans': (deps) => done(planOffers(deps)),
  'plans.setSale': (deps, args) => setSale(deps, args),
  'signUps.readers': (deps) => payReaders(deps),
  'signUps.details': (deps, args) => fillIn(deps, args),
  'signUps.plan': (deps, args) => choosePlan(deps, args),
  'signUps.terms': (deps, args) => acceptTerms(deps, args),
  'signUps.bill': (deps, { id }) => showBill(deps, id),
  'signUps.pay': (deps, args) => pay(deps, args),
  'signUps.provisional': (deps, { id }) => {
    const given = giveProvisional(deps, id)
    return given.ok ? signUpNamed(deps, id) : given
  },
  'signUps.agree': (deps, args) => agree(deps, args),
  'signUps.stop': (deps, { id }) => stop(deps, id),
  'signUps.finish': (deps, args) => finish(deps, args),
  'signUps.giveUp': (deps, { id }) => giveUp(deps, id),
} satisfies HandlersOf<typeof signUpCalls>

function signUpNamed(deps: ReadDeps, id: string): Result<SignUp> {
  const now = signUpNow(deps, id)
  return now === null ? refuse('not-found', signUpRefusals.none) : done(signUpView(deps, id, now))
}
