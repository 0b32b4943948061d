// A database whose desk dies right after a commit: what was written stays, and nothing more is.
import type { WriteDb } from '../../src/main/store/open.ts'

export type Mortal = {
  db: WriteDb
  /** Dies after so many more commits, counted from 0; null lives on. */
  dieAfter(commits: number | null): void
  isDead(): boolean
}

export function mortal(db: WriteDb): Mortal {
  let left: number | null = null
  let dead = false
  const begin = db.transaction.bind(db)

  function committed(): void {
    if (left === null || --left >= 0) return
    dead = true
    db.close()
    throw new Error('The desk died.')
  }

  const transaction = (work: (...args: unknown[]) => unknown) => {
    const real = begin(work)
    const counted = (run: (...args: unknown[]) => unknown) => {
      return (...args: unknown[]) => {
        const isInner = db.inTransaction
        const result = run(...args)
        if (!isInner) committed()
        return result
      }
    }
    return Object.assign(counted(real), {
      default: counted(real.default),
      deferred: counted(real.deferred),
      immediate: counted(real.immediate),
      exclusive: counted(real.exclusive),
    })
  }
  Object.assign(db, { transaction })
  return {
    db,
    dieAfter(commits) {
      left = commits
    },
    isDead: () => dead,
  }
}
