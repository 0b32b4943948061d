// A word to every screen that doors may answer otherwise from now on.
import type { DeskDeps } from './deps.ts'

export function tellOfAccess({ live }: DeskDeps): void {
  live.pushLamps()
  live.push('members', {})
}
