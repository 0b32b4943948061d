// What the desk answered to each question, kept while somebody looks at it; asked again when it may have changed.
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Args, CallName, Refusal, Reply } from '../../preload/contract.ts'
import { call } from './link.ts'

export type Reading<T> = { value: T | null; refusal: Refusal | null }

type Question = { name: CallName; args: unknown; watchers: number; ticket: number; stale: boolean }

const NOTHING: Reading<never> = { value: null, refusal: null }
/** Answers nobody looks at any more are kept for the way back, but not for ever. */
const KEPT = 40

const useAnswers = create<Record<string, Reading<unknown>>>(() => ({}))
const questions = new Map<string, Question>()

function keyOf(name: CallName, args: unknown): string {
  return `${name} ${JSON.stringify(args)}`
}

function ask(key: string, question: Question): void {
  question.ticket += 1
  question.stale = false
  const { ticket } = question
  void call(question.name, question.args as never).then((outcome) => {
    // An answer that comes late must not hide one that was asked for later.
    if (question.ticket !== ticket) return
    useAnswers.setState((answers) => ({
      [key]: outcome.ok
        ? { value: outcome.value, refusal: null }
        : { value: answers[key]?.value ?? null, refusal: outcome.refusal },
    }))
  })
}

function watch(name: CallName, args: unknown): () => void {
  const key = keyOf(name, args)
  const question = questions.get(key) ?? { name, args, watchers: 0, ticket: 0, stale: true }
  questions.set(key, question)
  question.watchers += 1
  if (question.stale) ask(key, question)
  return () => {
    question.watchers -= 1
    forgetOldest()
  }
}

function forgetOldest(): void {
  const idle = [...questions].filter(([, question]) => question.watchers === 0)
  for (const [key] of idle.slice(0, Math.max(0, idle.length - KEPT))) {
    questions.delete(key)
    useAnswers.setState(({ [key]: _gone, ...rest }) => rest, true)
  }
}

/** Asks again what is on screen; what is not is asked again when it comes back. */
export function renew(...names: CallName[]): void {
  for (const [key, question] of questions) {
    if (names.length > 0 && !names.includes(question.name)) continue
    if (question.watchers > 0) ask(key, question)
    else question.stale = true
  }
}

/** Null as arguments: nothing to ask yet. */
export function useReading<N extends CallName>(name: N, args: Args<N> | null): Reading<Reply<N>> {
  const key = args === null ? null : keyOf(name, args)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the arguments.
  useEffect(() => (args === null ? undefined : watch(name, args)), [key])
  return useAnswers((answers) => (key === null ? NOTHING : (answers[key] ?? NOTHING))) as Reading<Reply<N>>
}

/** The same, but goes on showing the answer before while a changed question is on its way. */
export function useSteadyReading<N extends CallName>(name: N, args: Args<N> | null): Reading<Reply<N>> {
  const reading = useReading(name, args)
  const last = useRef(reading)
  if (reading.value !== null || reading.refusal !== null) last.current = reading
  return last.current
}
