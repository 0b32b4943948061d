// Lamps count the inbox. In a large space that takes long, so it is done between other work and told when it is done.
import { expect, test, vi } from 'vitest'
import { countInbox, listInbox } from '../../src/main/app/inbox.ts'
import { forgetCount, keepCount } from '../../src/main/app/inbox-count.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { openMirrorDesk } from './mirror-desk.ts'

test('a count that took long is made anew between other work, once, and the last holds until then', async () => {
  const { db, deps: reading } = openMirrorDesk()
  const pushLamps = vi.fn()
  const deps = { ...reading, live: { db, pushLamps } as never }
  const come = (id: string) => insertMember(db, { id, name: id, phone: null, createdAt: 1 }, 'desk')
  const before = countInbox(deps)
  come('anna')
  // Kept for a moment, then counted at once: it took no time.
  expect(countInbox(deps)).toBe(before)
  forgetCount(deps)
  expect(countInbox(deps)).toBe(before + 1)

  keepCount(deps, before + 1, 60, performance.now())
  come('berta')
  forgetCount(deps)
  expect([countInbox(deps), countInbox(deps)]).toEqual([before + 1, before + 1])
  await vi.waitFor(() => expect(pushLamps).toHaveBeenCalled())
  expect(countInbox(deps)).toBe(before + 2)
  expect(pushLamps).toHaveBeenCalledOnce()

  // What is forgotten while it is counted is counted again.
  const began = performance.now()
  come('carla')
  forgetCount(deps)
  keepCount(deps, before + 2, 60, began)
  expect(countInbox(deps)).toBe(before + 2)
  await vi.waitFor(() => expect(pushLamps).toHaveBeenCalledTimes(2))
  expect(countInbox(deps)).toBe(before + 3)
  pushLamps.mockClear()

  // A list that takes long lets others have their turn.
  keepCount(deps, before + 3, 60, performance.now())
  const list = listInbox(deps, {})
  let turns = 0
  const turn = () => {
    turns += 1
    if (turns < 5) setImmediate(turn)
  }
  setImmediate(turn)
  expect((await list).rows).toHaveLength(before + 3)
  expect(turns).toBe(5)

  // A command has no desk to wait for.
  keepCount(deps, 7, 60, performance.now())
  forgetCount(deps)
  expect(countInbox(reading)).toBe(before + 3)

  // A desk that ends meanwhile.
  keepCount(deps, 7, 60, performance.now())
  forgetCount(deps)
  expect(countInbox(deps)).toBe(7)
  db.close()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(pushLamps).not.toHaveBeenCalled()
})
