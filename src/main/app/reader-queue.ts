// Who stands at each card reader of Stripe's: whoever came first, and the others behind them. Sign-ups and payments of what
// is owed stand in one queue, for a reader does one thing at a time.
export type AtReader = { id: string; memberId: string | null }

export type ReaderQueue = {
  /** Stands in the queue of this reader, where they already do in their place; true for whoever is first. */
  stand(readerId: string, who: AtReader): boolean
  leave(id: string): void
  first(readerId: string): AtReader | null
}

export function createReaderQueue(): ReaderQueue {
  const queues = new Map<string, AtReader[]>()
  return {
    stand(readerId, who) {
      const queue = queues.get(readerId) ?? []
      if (!queue.some(({ id }) => id === who.id)) queue.push(who)
      queues.set(readerId, queue)
      return queue[0]?.id === who.id
    },
    leave(id) {
      for (const [readerId, queue] of queues) {
        const left = queue.filter((one) => one.id !== id)
        if (left.length > 0) queues.set(readerId, left)
        else queues.delete(readerId)
      }
    },
    first: (readerId) => queues.get(readerId)?.[0] ?? null,
  }
}
