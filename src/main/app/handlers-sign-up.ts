// The contract's calls about sign-ups, each mapped to its use case.
import type { signUpCalls } from '../../preload/calls-sign-up.ts'
import { signUpRefusals } from '../domain/sign-up-en.ts'
import type { HandlersOf } from './handler-type.ts'
import { done, refuse } from './result.ts'
import { setSale } from './set-sale.ts'
import { signUpNow } from './sign-up-journal.ts'
import {
  acceptTerms,
  agree,
  choosePlan,
  finish,
  giveUp,
  pay,
  payReaders,
  showBill,
  startSignUp,
  stop,
} from './sign-up-steps.ts'
import { listSignUps, planOffers, signUpView } from './sign-up-view.ts'

export const signUpHandlers = {
  'signUps.start': (deps, args) => startSignUp(deps, args),
  'signUps.list': (deps) => done(listSignUps(deps)),
  'signUps.get': (deps, { id }) => {
    const now = signUpNow(deps, id)
    return now === null ? refuse('not-found', signUpRefusals.none) : done(signUpView(deps, id, now))
  },
  'signUps.plans': (deps) => done(planOffers(deps)),
  'plans.setSale': (deps, args) => setSale(deps, args),
  'signUps.readers': (deps) => payReaders(deps),
  'signUps.plan': (deps, args) => choosePlan(deps, args),
  'signUps.terms': (deps, args) => acceptTerms(deps, args),
  'signUps.bill': (deps, { id }) => showBill(deps, id),
  'signUps.pay': (deps, args) => pay(deps, args),
  'signUps.agree': (deps, args) => agree(deps, args),
  'signUps.stop': (deps, { id }) => stop(deps, id),
  'signUps.finish': (deps, args) => finish(deps, args),
  'signUps.giveUp': (deps, { id }) => giveUp(deps, id),
} satisfies HandlersOf<typeof signUpCalls>
