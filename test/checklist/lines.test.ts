// Every line of the seed checklist's groups on events, on plans and money, and on state has a test named for it, or stands
// here with where it belongs.
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const LATER: Record<number, string> = {
  39: 'applying a promotion by itself belongs to signing up; what becomes of one that somebody has is tested here',
  42: 'no price is kept here that could differ from Stripe’s; texts and terms of a plan belong to signing up',
  55: 'a change of plan that begins here comes with what the desk does to payments',
  61: 'notices are sent by the outbox, which keeps what was sent',
  62: 'mails for each state come with the outbox',
  64: 'whether an address takes mail is known once mail is sent',
  65: 'other systems follow standings by the outbox',
}
const GROUPS = [
  [8, 20],
  [37, 69],
] as const

const folder = import.meta.dirname
const named = new Set(
  fs
    .readdirSync(folder)
    .flatMap((file) =>
      Array.from(fs.readFileSync(path.join(folder, file), 'utf8').matchAll(/\(\s*['`](\d+): /g), ([, line]) =>
        Number(line),
      ),
    ),
)

test('each line has a test that is named for it, or a reason', () => {
  const lines = GROUPS.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n))
  expect(lines.filter((line) => !named.has(line) && LATER[line] === undefined)).toEqual([])
  expect([...named].filter((line) => !lines.includes(line))).toEqual([])
})
