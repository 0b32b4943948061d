// Telling screens no more often than they can show it.

/** Many changes in one turn of the event loop are told once. */
export function gather(tell: () => void): () => void {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setImmediate(() => {
      waiting = false
      tell()
    })
  }
}
