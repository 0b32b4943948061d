// The contract's calls about what people tell of themselves and the waiver, each mapped to its use case.
import type { detailCalls } from '../../preload/calls-details.ts'
import { isMinor } from '../domain/details.ts'
import { askedDetails } from '../store/details.ts'
import { localDay, readDetails, setAskedDetails, setDetails } from './details.ts'
import type { HandlersOf } from './handler-type.ts'
import { done } from './result.ts'
import { memberWaiver, readWaiver, setWaiver, signWaiver } from './waivers.ts'

export const detailHandlers = {
  'details.asked': (deps) => done(askedDetails(deps.desk)),
  'details.setAsked': (deps, asked) => setAskedDetails(deps, asked),
  'details.isMinor': (deps, { birthDate }) =>
    done({ isMinor: isMinor(birthDate, askedDetails(deps.desk).ofAge, localDay(deps)) }),
  'members.details': (deps, { id }) => readDetails(deps, id),
  'members.setDetails': (deps, args) => setDetails(deps, args),
  'waiver.get': (deps) => done(readWaiver(deps)),
  'waiver.set': (deps, args) => setWaiver(deps, args),
  'members.waiver': (deps, { id }) => memberWaiver(deps, id),
  'members.signWaiver': (deps, args) => signWaiver(deps, args),
} satisfies HandlersOf<typeof detailCalls>
