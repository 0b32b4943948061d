// Work that is done a step at a time, so that others have their turn between.

/** All of it now. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Others have their turn between the steps; null where there was no point in going on. */
export async function inTurn<T>(steps: Generator<void, T>, goOn: () => boolean = () => true): Promise<T | null> {
  while (goOn()) {
    const { done, value } = steps.next()
    if (done) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
  return null
}

const AT_A_TIME = 100

/** The same for a long row of small things, some at a time: a running desk answers more than one question. */
export async function eachInTurn<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  const results: R[] = []
  for (const [index, item] of items.entries()) {
    results.push(work(item))
    if (index % AT_A_TIME === AT_A_TIME - 1) await new Promise((resolve) => setImmediate(resolve))
  }
  return results
}
