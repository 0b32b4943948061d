// Who people are has changed: screens read them again, and the inbox is counted anew.
import type { DeskDeps } from './deps.ts'
import { forgetCount } from './inbox-count.ts'

export function tellOfPeople(deps: DeskDeps): void {
  forgetCount(deps)
  deps.live.push('members', {})
  deps.live.pushLamps()
}
