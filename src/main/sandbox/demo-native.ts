// The demo's own doors: simulated controllers that speak the door link.
import { randomBytes } from 'node:crypto'
import { startNativeDoor } from '../../../hardware/sim/native-door.ts'
import type { DemoDeps, DemoDoor } from './demo-door.ts'

/** Null where the desk knows no such door any more. */
export async function startDemoNative(
  { call, now, fresh }: DemoDeps,
  { id, name }: { id: string; name: string },
  url: string,
): Promise<DemoDoor | null> {
  // The key was shown once, when the door was made; the simulated controller gets a new one at each start.
  const made = fresh ? await call('doors.add', { id, name }) : await call('doors.rekey', { id })
  if (!made.ok || made.value.key === null) return null
  const door = startNativeDoor({
    url,
    id,
    key: made.value.key,
    random: randomBytes,
    memory: 1_000,
    // Its clock goes on with the demo's, also while it is cut off.
    uptime: now,
    // Nobody stands there whom a busy computer keeps waiting.
    patience: 2_000,
  })
  return {
    name,
    holdsList: true,
    async swipe(card) {
      const answer = await door.present(card)
      if (answer.kind === 'refused') return { why: answer.detail || answer.error }
      if (answer.kind === 'unreachable') return answer
      const { grant, reason } = answer
      const receipt = answer.kind === 'answer' ? answer.receipt : null
      return { grant, reason, receipt, offline: answer.kind === 'offline' }
    },
    async cut(pulled) {
      // What it would do by itself within ten seconds: have the newest list beforehand, tell everything afterwards.
      if (pulled) await door.catchUp()
      door.cutOff(pulled)
      if (!pulled) await door.catchUp()
    },
    isCut: () => door.held().cut,
    waiting: () => door.held().waiting,
    async tell(kind) {
      await door.tell(kind)
      return null
    },
    close: () => door.close(),
  }
}
