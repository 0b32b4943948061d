// Somebody at the desk who takes a card out of use and back again, over the same connection as the screen and the command
// line; what the desk has said was done must hold at the door with the very next check, whatever dies.
import { connectDesk, type DeskClient } from '../../src/main/host/desk-client.ts'
import { MIGRATIONS } from '../store/folder.ts'
import type { InsistentDoor } from './insistent-door.ts'

export type Clerk = { done(): number; faults: string[]; goHome(): Promise<void> }

export function clerkAt(dataDir: string, door: InsistentDoor, card: string): Clerk {
  const faults: string[] = []
  let done = 0
  let going = true
  let desk: DeskClient | null = null

  async function reach(): Promise<DeskClient> {
    for (;;) {
      const client = await connectDesk(dataDir, MIGRATIONS, 'test')
      if (client.running) return client
      client.close()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Until the desk has said yes, or that it was done before: then it was killed after it had done it. */
  async function insist(name: 'cards.suspend' | 'cards.reinstate'): Promise<void> {
    for (;;) {
      desk ??= await reach()
      const outcome = await desk.call(name, { card })
      if (outcome.ok || outcome.refusal.code === 'wrong-state') return
      if (outcome.refusal.code !== 'not-running') faults.push(`${name}: ${outcome.refusal.sentence}`)
      desk.close()
      desk = null
    }
  }

  async function work(): Promise<void> {
    while (going) {
      await insist('cards.suspend')
      const suspended = await door.show(card)
      if (suspended.reason !== 'card-suspended') faults.push(`A suspended card was answered ${suspended.reason}`)
      await insist('cards.reinstate')
      const reinstated = await door.show(card)
      if (!reinstated.grant) faults.push(`A reinstated card was answered ${reinstated.reason}`)
      done += 2
    }
  }

  const working = work()
  return {
    done: () => done,
    faults,
    async goHome() {
      going = false
      await working
      desk?.close()
    },
  }
}
