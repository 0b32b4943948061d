// The contract's calls about cards, each mapped to its use case.

import type { cardCalls } from '../../preload/calls-cards.ts'
import type { Args, Reply } from '../../preload/contract.ts'
import { awaitCard } from './await-card.ts'
import { cardHistory } from './card-history.ts'
import { extendCard, reinstateCard, replaceCard, revokeCard, setLastDay, startCard, suspendCard } from './card-state.ts'
import { labelCard, lendCard, stockCard, takeBack } from './card-stock.ts'
import { cardFromText } from './card-text.ts'
import type { DeskDeps } from './deps.ts'
import { enrolCard, findMember } from './enrol-card.ts'
import { findCard, listCards } from './find-card.ts'
import type { HandlersOf } from './handler-type.ts'
import { importCards, previewImport } from './import-cards.ts'
import { done, type Result } from './result.ts'
import { undoImport } from './undo-import.ts'
import { upgradeCard } from './upgrade-card.ts'

type Written = { card: string; form?: string | undefined }

/** The card is read by the rules of card identity first. */
const read =
  <A extends Written, R>(use: (deps: DeskDeps, canonical: string, args: A) => Result<R>) =>
  (deps: DeskDeps, args: A): Result<R> => {
    const card = cardFromText(args.card, args.form)
    return card.ok ? use(deps, card.value, args) : card
  }

export const cardHandlers = {
  'cards.add': (deps, args: Args<'cards.add'>): Result<Reply<'cards.add'>> => {
    const found = findMember(deps.desk, args.member)
    if (!found.ok) return found
    const { notTheSame = false } = args
    return read((_, card) => enrolCard(deps, found.value.id, card, { notTheSame }))(deps, args)
  },
  'cards.revoke': read((deps, card, { reason }: Args<'cards.revoke'>) => revokeCard(deps, card, reason)),
  'cards.suspend': read((deps, card, { why }: Args<'cards.suspend'>) => suspendCard(deps, card, why?.trim() ?? '')),
  'cards.reinstate': read(reinstateCard),
  'cards.start': read(startCard),
  'cards.extend': read((deps, card, { until }: Args<'cards.extend'>) => extendCard(deps, card, until)),
  'cards.setLastDay': read((deps, card, { until }: Args<'cards.setLastDay'>) => setLastDay(deps, card, until)),
  'cards.replace': read((deps, card, { reason, by, notTheSame }: Args<'cards.replace'>) => {
    const newCard = cardFromText(by, undefined)
    return newCard.ok ? replaceCard(deps, card, reason, newCard.value, { notTheSame }) : newCard
  }),
  'cards.upgrade': read((deps, card, { whole }: Args<'cards.upgrade'>) => {
    const seen = cardFromText(whole, undefined)
    return seen.ok ? upgradeCard(deps, card, seen.value) : seen
  }),
  'cards.label': read((deps, card, { label }: Args<'cards.label'>) => labelCard(deps, card, label)),
  'cards.stock': read((deps, card, args: Args<'cards.stock'>) => stockCard(deps, card, args)),
  'cards.lend': read((deps, card, { member, due }: Args<'cards.lend'>) => {
    const found = findMember(deps.desk, member)
    return found.ok ? lendCard(deps, found.value.id, card, due) : found
  }),
  'cards.takeBack': read(takeBack),
  'cards.find': (deps, { card, form }) => findCard(deps, card, form),
  'cards.list': (deps, { limit, show }) => done(listCards(deps, limit, show)),
  'cards.history': (deps, args) => {
    const card = cardFromText(args.card, args.form)
    return card.ok ? cardHistory(deps, card.value) : card
  },
  'cards.previewImport': previewImport,
  'cards.import': importCards,
  'cards.undoImport': undoImport,
  'cards.await': (deps, args) => awaitCard(deps, args),
  'cards.stopWaiting': (deps, { id }) => {
    deps.live.waits.stop(id)
    return done({ ok: true as const })
  },
} satisfies HandlersOf<typeof cardCalls>
