// Objects by id, and in the order of Stripe's lists at the same time, so that a page is found and not sorted.

type Listed = { id: string; created: number }
export type Row<T> = { seq: number; record: T }
type Key = { created: number; seq: number; id: string }

/** A map whose rows can also be walked by (created, seq). Neither ever changes for a row that is there. */
export class Shelf<T extends Listed> extends Map<string, Row<T>> {
  readonly #order: Key[] = []

  override set(id: string, row: Row<T>): this {
    if (!this.has(id)) {
      const key = { created: row.record.created, seq: row.seq, id }
      this.#order.splice(this.#from(key), 0, key)
    }
    return super.set(id, row)
  }

  override delete(id: string): boolean {
    const row = this.get(id)
    if (row !== undefined) this.#order.splice(this.#from({ created: row.record.created, seq: row.seq }), 1)
    return super.delete(id)
  }

  /** How many rows are older than this moment, in seconds. */
  before(created: number): number {
    return this.#from({ created, seq: Number.NEGATIVE_INFINITY })
  }

  /** Where this row stands, oldest first. */
  position(row: Row<T>): number {
    return this.#from({ created: row.record.created, seq: row.seq })
  }

  at(position: number): T | undefined {
    const key = this.#order[position]
    return key && this.get(key.id)?.record
  }

  #from(key: Omit<Key, 'id'>): number {
    let [low, high] = [0, this.#order.length]
    const last = this.#order.at(-1)
    if (last !== undefined && isOlder(last, key)) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if (isOlder(this.#order[middle] as Key, key)) low = middle + 1
      else high = middle
    }
    return low
  }
}

function isOlder(a: Omit<Key, 'id'>, b: Omit<Key, 'id'>): boolean {
  return a.created < b.created || (a.created === b.created && a.seq < b.seq)
}
