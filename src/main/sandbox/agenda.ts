// What falls due and when: a heap by time, then by the order in which things were put down. A plain array, so that it can be saved.
import type { Seconds } from './calendar.ts'

export type Job =
  | 'period-end'
  | 'cancel'
  | 'finalise'
  | 'attempt'
  | 'settle'
  | 'give-up'
  | 'expire'
  | 'resume'
  | 'due'
  | 'discount-end'
  | 'change-expires'
  | 'trial-will-end'
  | 'phase-end'
  | 'session-end'

export type Task = { at: Seconds; seq: number; job: Job; id: string }

function before(a: Task | undefined, b: Task | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined
  return a.at < b.at || (a.at === b.at && a.seq < b.seq)
}

export function putDown(agenda: Task[], task: Task): void {
  let index = agenda.push(task) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!before(task, agenda[parent])) break
    agenda[index] = agenda[parent] as Task
    index = parent
  }
  agenda[index] = task
}

/** Takes out the first task that is due at `until`; null where none is. */
export function takeDue(agenda: Task[], until: Seconds): Task | null {
  const first = agenda[0]
  if (first === undefined || first.at > until) return null
  const last = agenda.pop() as Task
  if (agenda.length > 0) sink(agenda, last)
  return first
}

function sink(agenda: Task[], task: Task): void {
  let index = 0
  for (;;) {
    const left = 2 * index + 1
    const child = before(agenda[left + 1], agenda[left]) ? left + 1 : left
    if (!before(agenda[child], task)) break
    agenda[index] = agenda[child] as Task
    index = child
  }
  agenda[index] = task
}
