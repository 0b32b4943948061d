// Work that is done a step at a time, so that others have their turn between.

/** All of it now. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
