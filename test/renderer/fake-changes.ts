// What the fake desk answers about memberships that run at Stripe: previews, and deeds that change the panel just enough.
import { changeDone, changeMeans, changeRefusals } from '../../src/main/domain/changes-en.ts'
import { disputeWords } from '../../src/main/domain/standing-en.ts'
import type { MemberPanel } from '../../src/preload/shapes.ts'
import type { ChangeAct, ChangeBill } from '../../src/preload/shapes-changes.ts'
import { type Handlers, no } from './fake-answers.ts'
import { panelOf, type World } from './fake-data.ts'

type Membership = MemberPanel['memberships'][number]

const EUR = (minor: number) => ({ minor, currency: 'eur' })
const PLANS = [
  { id: 'plan-1', name: 'Studio resident', price: { amount: EUR(9_500), interval: 'month' } },
  { id: 'plan-2', name: 'Community', price: { amount: EUR(2_500), interval: 'month' } },
]

export function changeHandlers(world: World, changed: Map<string, Partial<MemberPanel>>): Handlers {
  const { iso, members } = world
  const bill = (due: number, next: number, more: Partial<ChangeBill> = {}): ChangeBill => ({
    due: EUR(due),
    lines: [],
    credit: null,
    next: { amount: EUR(next), at: iso(12) },
    asOf: new Date(world.now).toISOString(),
    ...more,
  })
  const change = (id: string, says: string, news: Partial<Membership>) => {
    for (const member of members) {
      const { memberships } = { ...panelOf(world, member), ...changed.get(member.id) }
      if (!memberships.some((one) => one.id === id)) continue
      const after = memberships.map((one) => (one.id === id ? { ...one, ...news } : one))
      changed.set(member.id, { ...changed.get(member.id), memberships: after })
    }
    return { says }
  }
  const can = (...acts: ChangeAct[]) => ({ can: acts })
  return {
    'changes.meaning': () => ({
      plans: PLANS,
      cancel: changeMeans.cancel('on 3 Dec'),
      cancelNow: changeMeans.cancelNow(1),
      pause: {
        collection: `${changeMeans.collection} ${changeMeans.pauseShut('3 Dec')}`,
        requested: `${changeMeans.requested} ${changeMeans.pauseShut('3 Dec')}`,
      },
    }),
    'changes.previewPlan': ({ plan, when }) => {
      if (when === 'period-end') return bill(0, plan === 'plan-1' ? 9_500 : 2_500)
      const lines = [
        { text: 'Unused time on 1 × Full member', amount: EUR(-2_250) },
        { text: 'Remaining time on 1 × the new plan', amount: EUR(plan === 'plan-1' ? 4_750 : 1_250) },
      ]
      return plan === 'plan-1' ? bill(2_500, 9_500, { lines }) : bill(0, 2_500, { lines, credit: EUR(1_000) })
    },
    'changes.previewSeats': ({ seats }) =>
      seats > 2
        ? bill(1_000, 2_000 * seats, { lines: [{ text: 'Remaining time on 3 × Family', amount: EUR(1_000) }] })
        : bill(0, 2_000 * seats, { credit: EUR(1_000) }),
    'changes.plan': ({ id, plan, when, due }) => {
      if (when === 'now' && due.minor !== 2_500) return no('wrong-state', changeRefusals.amountMoved)
      const name = PLANS.find((one) => one.id === plan)?.name ?? plan
      return when === 'now'
        ? change(id, changeDone.planNow(name), { plan: name })
        : change(id, changeDone.planComes(name, 'on 3 Dec'), {
            pendingChange: `${name} from 3 Dec`,
            ...can('take-back', 'cancel', 'cancel-now'),
          })
    },
    'changes.seats': ({ id, seats }) => change(id, changeDone.seats(seats), { seats }),
    'changes.cancel': ({ id }) =>
      change(id, changeDone.cancelled('on 3 Dec'), { endsAt: iso(12), ...can('keep', 'cancel-now') }),
    'changes.cancelNow': ({ id }) => change(id, changeDone.cancelledNow, { standing: 'ended', ...can('renew') }),
    'changes.keep': ({ id }) =>
      change(id, changeDone.kept, { endsAt: null, ...can('plan', 'pause', 'cancel', 'cancel-now') }),
    'changes.pause': ({ id }) =>
      change(id, changeDone.paused, { standing: 'frozen', ...can('resume', 'cancel', 'cancel-now') }),
    'changes.resume': () => no('wrong-state', 'It is not paused any more: somebody has resumed it already.'),
    'changes.takeBack': ({ id }) =>
      change(id, changeDone.takenBack, { pendingChange: null, ...can('plan', 'pause', 'cancel', 'cancel-now') }),
    'members.disputes': ({ id }) =>
      id === members[0]?.id
        ? [
            {
              id: 'dp_1',
              amount: EUR(4_500),
              sentence: disputeWords.open('The', '€45.00', '12 Dec 23:59'),
              due: iso(16),
            },
          ]
        : [],
  }
}
