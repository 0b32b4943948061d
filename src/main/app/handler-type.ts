// What a handler of the contract looks like: those calls that only read need no running desk.
import type { Args, CallName, calls, Reply } from '../../preload/contract.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import type { Result } from './result.ts'

type DepsOf<N extends CallName> = (typeof calls)[N]['reads'] extends true ? ReadDeps : DeskDeps
export type Handlers = {
  [N in CallName]: (deps: DepsOf<N>, args: Args<N>) => Result<Reply<N>> | Promise<Result<Reply<N>>>
}
/** The handlers of one part of the contract. */
export type HandlersOf<C> = Pick<Handlers, keyof C & CallName>
