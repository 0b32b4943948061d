// The dialog in which a card is awaited: what the next card is for, and what the desk says of each that comes.
import { create } from 'zustand'
import type { Args, Refusal } from '../../preload/contract.ts'
import type { CardRow } from '../../preload/shapes.ts'
import type { CardWait } from '../../preload/shapes-cards.ts'
import type { Outcome } from '../../preload/wire.ts'
import { call } from './link.ts'
import { renew } from './readings.ts'

export type Person = { id: string; name: string }
export type Reason = Args<'cards.replace'>['reason']

/** What the next card is for; null where somebody has to say so first. */
export type Purpose =
  | { what: 'enrol'; member: Person | null /** A number to begin with. */; number: string }
  | { what: 'replace'; card: CardRow; reason: Reason | null }
  /** `card`: the loaner, where it is known. `due` a local day, or '': whenever it is asked back. */
  | { what: 'lend'; member: Person | null; card: CardRow | null; due: string | null }
  | { what: 'back' }
  /** `label` null: nobody has said yet what is in the box. */
  | { what: 'stock'; loaner: boolean; label: string | null }
  /** The swipe of the card that nobody has. */
  | { what: 'assign'; member: Person | null; seq: number; door: string }

export type SameCard = NonNullable<CardWait['sameAs']>

type Facts = {
  purpose: Purpose | null
  wait: CardWait | null
  /** Why presenting could not begin. */
  refusal: Refusal | null
  /** A card that was done without the reader: typed in, or asked about. */
  done: CardRow | null
  doneRefusal: Refusal | null
  /** What was said on the way here. */
  note: string | null
  /** From a box: how many were taken, the last of them, and what was said of those that were not. */
  taken: number
  lastTaken: CardRow | null
  notTaken: string[]
  busy: boolean
}

const CLEAR = {
  wait: null,
  refusal: null,
  done: null,
  doneRefusal: null,
  note: null,
  taken: 0,
  lastTaken: null,
  notTaken: [],
  busy: false,
}

export const useCardWait = create<Facts>(() => ({ purpose: null, ...CLEAR }))

export function openCardWait(purpose: Purpose): void {
  useCardWait.setState({ ...CLEAR, purpose })
  void present()
}

export function openEnrol(member: Person | null, number = ''): void {
  openCardWait({ what: 'enrol', member, number })
}

/** What the desk is asked to wait for; null while something is not said yet, or where no reader is needed. */
function wanted(purpose: Purpose | null): Args<'cards.await'> | null {
  switch (purpose?.what) {
    case 'enrol':
      return purpose.member && { what: 'enrol', member: purpose.member.id }
    case 'replace':
      return purpose.reason && { what: 'replace', card: purpose.card.canonical, reason: purpose.reason }
    case 'lend':
      if (purpose.member === null || purpose.due === null || purpose.card !== null) return null
      return { what: 'lend', member: purpose.member.id, ...(purpose.due === '' ? {} : { due: purpose.due }) }
    case 'back':
      return { what: 'back' }
    case 'stock': {
      const { loaner, label } = purpose
      return label === null ? null : { what: 'stock', loaner, ...(label === '' ? {} : { label }) }
    }
    case 'assign':
      return purpose.member && { what: 'assign', member: purpose.member.id, seq: purpose.seq }
    case undefined:
      return null
  }
}

/** Begins, or begins again after a time-out or a refusal. */
export async function present(): Promise<void> {
  const { purpose } = useCardWait.getState()
  const args = wanted(purpose)
  useCardWait.setState({ wait: null, refusal: null, doneRefusal: null })
  if (args === null) return
  const outcome = await call('cards.await', args)
  const now = useCardWait.getState()
  if (!outcome.ok) {
    if (now.purpose !== purpose) return
    // The door's swipe cannot be gone by any more: the desk says so, and the card is presented there.
    if (purpose?.what === 'assign' && outcome.refusal.code === 'wrong-state') {
      openEnrol(purpose.member)
      useCardWait.setState({ note: outcome.refusal.sentence })
    } else useCardWait.setState({ refusal: outcome.refusal })
    return
  }
  if (now.purpose !== purpose || now.done !== null) return stop(outcome.value)
  useCardWait.setState({ wait: outcome.value })
}

export function holdCardWait(wait: CardWait): void {
  const { wait: before, taken, notTaken } = useCardWait.getState()
  if (before?.id !== wait.id) return
  useCardWait.setState({ wait })
  const more = wait.count - before.count
  if (more > 0) useCardWait.setState({ taken: taken + more, lastTaken: wait.card })
  // Told anew for a card that came, or for a reader that comes or goes.
  else if (
    wait.what === 'stock' &&
    wait.state === 'waiting' &&
    wait.sentence !== null &&
    wait.readerReady === before.readerReady
  )
    useCardWait.setState({ notTaken: [wait.sentence, ...notTaken] })
  if (wait.state === 'done' || more > 0) renewCards()
}

/** After a lost connection nobody has told how the waiting one went: it is ended, and begun anew. */
export async function resumeCardWait(): Promise<void> {
  const { wait, purpose } = useCardWait.getState()
  if (wait?.state !== 'waiting') return
  useCardWait.setState({ wait: null })
  await call('cards.stopWaiting', { id: wait.id })
  const now = useCardWait.getState()
  if (now.wait === null && now.purpose === purpose) await present()
}

/** Somebody said more of what the next card is for. */
export function changePurpose(purpose: Purpose): void {
  useCardWait.setState({ purpose })
  if (purpose.what === 'lend' && purpose.card !== null && purpose.due !== null)
    void doWithNumber(purpose.card.canonical)
  else void present()
}

/** A card without the reader: by its number, or one that is known already. */
export async function doWithNumber(card: string): Promise<void> {
  const { purpose } = useCardWait.getState()
  if (purpose?.what === 'enrol' && purpose.member !== null)
    return settle(call('cards.add', { card, member: purpose.member.id }))
  if (purpose?.what === 'lend' && purpose.member !== null && purpose.due !== null)
    return settle(
      call('cards.lend', { card, member: purpose.member.id, ...(purpose.due === '' ? {} : { due: purpose.due }) }),
    )
  if (purpose?.what === 'replace' && purpose.reason !== null)
    return settle(call('cards.replace', { card: purpose.card.canonical, reason: purpose.reason, by: card }))
  if (purpose?.what === 'back') return settle(call('cards.takeBack', { card }))
}

/** "Is this the same card?" */
export async function answerSame({ card, whole }: SameCard, same: boolean): Promise<void> {
  const { purpose } = useCardWait.getState()
  if (same) return settle(call('cards.upgrade', { card: card.canonical, whole }))
  if (purpose?.what === 'replace' && purpose.reason !== null) {
    const { reason } = purpose
    return settle(call('cards.replace', { card: purpose.card.canonical, reason, by: whole, notTheSame: true }))
  }
  const member = purpose !== null && 'member' in purpose ? purpose.member : null
  if (member !== null) return settle(call('cards.add', { member: member.id, card: whole, notTheSame: true }))
}

async function settle(asked: Promise<Outcome<CardRow>>): Promise<void> {
  const { purpose } = useCardWait.getState()
  useCardWait.setState({ busy: true, doneRefusal: null })
  const outcome = await asked
  renewCards()
  const now = useCardWait.getState()
  if (now.purpose !== purpose) return
  useCardWait.setState({ busy: false })
  if (!outcome.ok) return useCardWait.setState({ doneRefusal: outcome.refusal })
  useCardWait.setState({ done: outcome.value })
  if (now.wait !== null) stop(now.wait)
}

export function closeCardWait(): void {
  const { wait } = useCardWait.getState()
  useCardWait.setState({ purpose: null, ...CLEAR })
  if (wait !== null) stop(wait)
}

function stop({ id, state }: CardWait): void {
  if (state === 'waiting') void call('cards.stopWaiting', { id })
}

function renewCards(): void {
  renew('cards.list', 'cards.find', 'cards.history', 'members.get', 'members.list', 'desk.todo', 'feed.why')
}

/** The question that comes with a refusal. */
export function sameCardIn(refusal: Refusal | null): SameCard | null {
  const detail = (refusal?.detail ?? {}) as Partial<{ sameAs: CardRow; whole: string }>
  return detail.sameAs === undefined || detail.whole === undefined ? null : { card: detail.sameAs, whole: detail.whole }
}
