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
