// Until somebody stops the program: by the keyboard, or by what started it.

/** Whoever signals a whole group tells us twice: the second time it is being done already. */
export function untilTold(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve(null))
  })
}
