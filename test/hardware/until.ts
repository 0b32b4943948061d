// Waiting in tests: look again and again until it is so, or fail at the deadline. Never a blind sleep.

/** Resolves with the milliseconds that it took. */
export async function until(what: string, isSo: () => boolean, deadline = 5_000): Promise<number> {
  const start = performance.now()
  while (!isSo()) {
    if (performance.now() - start > deadline) throw new Error(`Waited ${deadline} ms in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return performance.now() - start
}
