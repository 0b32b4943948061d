// Waiting in tests: look again and again until it is so, or fail at the deadline. Never a blind sleep.
const ROUND = 5

/**
 * Resolves with the milliseconds that it took, counted in rounds of this process: what runs in the same process is not
 * called slow because the machine is busy.
 */
export async function until(what: string, isSo: () => boolean, deadline = 20_000): Promise<number> {
  const start = performance.now()
  let rounds = 0
  for (; !isSo(); rounds += 1) {
    if (performance.now() - start > deadline) throw new Error(`Waited ${deadline} ms in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, ROUND))
  }
  return rounds * ROUND
}
