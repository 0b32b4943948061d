// Words about changes of a running membership at Stripe: what was done, what it means, why it cannot be. English.
import type { Change } from './membership-change.ts'

export const changeRefusals = {
  notAtStripe: 'This membership is not at Stripe: look the person up again.',
  noStripe: 'No Stripe key is there yet: put one into Settings, under Stripe.',
  gone: 'Stripe has this membership no more: sync, then look again.',
  ended: 'This membership has ended meanwhile: renew it instead.',
  severalPlans: 'It is for several plans at once: change it in Stripe’s dashboard.',
  notRunning: 'It has to be paid and running before it can be changed: look at its payments first.',
  noPlan: 'This plan is not there any more: choose another.',
  noPrice: (plan: string) => `${plan} has no price in Stripe: give it one in Settings first.`,
  samePlan: (plan: string) => `It is ${plan} already: choose another plan.`,
  otherCurrency: (plan: string) => `${plan} is sold in another currency: choose another plan.`,
  notBySeat: 'Its price is the same for any number of people: change how many it covers instead.',
  comes: 'A change is to come already: take that back first.',
  fixedEnd: 'Its end stands in a schedule at Stripe: change it in Stripe’s dashboard.',
  noReason: 'Say why: it stands in the log and at Stripe.',
  noDay: (text: string) => `"${text}" is not a day: write it like 2026-12-31.`,
  past: 'Choose a day that is still to come.',
  noUntil: 'Stripe cannot resume a whole pause by itself: leave the day out, or pause only the payments.',
  amountMoved: 'The amount has changed since you saw it: look at it again.',
  before: 'It is not known yet how the last change went. Latchkey finds out by itself: try again in a minute.',
  unclear: 'Stripe did not say whether it was done. Latchkey finds out by itself: look again in a minute.',
  notDone: 'It was not done when it was asked for, and is not done any more: ask for it again.',
  notSo: 'Stripe took it, and it is not so now: somebody has changed it since. Look at it again.',
  noWholePause: 'Stripe cannot pause this one as a whole: pause its payments instead.',
}

/** Somebody else was quicker, here or in Stripe's dashboard. */
export function alreadySo(change: Change): string {
  switch (change.do) {
    case 'plan':
      return 'Somebody has already changed the plan to this one.'
    case 'seats':
      return 'It is already paid for as many people.'
    case 'cancel':
      return 'Somebody has already cancelled it.'
    case 'keep':
      return 'It is not cancelled any more: somebody has taken that back already.'
    case 'pause':
      return 'Somebody has already paused it.'
    case 'resume':
      return 'It is not paused any more: somebody has resumed it already.'
    case 'take-back':
      return 'Nothing is to change any more.'
  }
}

/** What was done; `day` is the last one that is paid for, or from which it holds. */
export const changeDone = {
  planNow: (plan: string) => `It is ${plan} from now on.`,
  planWaits: (plan: string, amount: string) =>
    `The payment of ${amount} did not go through, so it becomes ${plan} once that is paid.`,
  planComes: (plan: string, day: string) => `It becomes ${plan} ${day}.`,
  seats: (count: number) => `It is paid for ${count === 1 ? 'one person' : `${count} people`} now.`,
  cancelled: (day: string) => `It ends ${day}, and doors open until then.`,
  cancelledNow: 'It has ended, and doors refuse from now on.',
  kept: 'It goes on, and is not cancelled any more.',
  pausedUntil: (day: string) => `Its payments are paused until ${day}.`,
  paused: 'It is paused until somebody resumes it.',
  resumed: 'It goes on.',
  resumesPaid: (amount: string) => `It goes on once ${amount} is paid.`,
  takenBack: 'It stays as it is: nothing is to change any more.',
}

/** Before anything is done. */
export const changeMeans = {
  cancel: (day: string | null) =>
    day === null
      ? 'It ends with the period that is paid, and doors open until then.'
      : `It ends ${day}. Doors open until then, and nothing more is charged.`,
  cancelNow: (covered: number) =>
    `It ends at once, and doors refuse ${covered > 1 ? `all ${covered} people whom it covers` : 'from the next swipe on'}. Nothing is paid back by this.`,
  cancelTakesBack: 'What is to change later is dropped with it.',
  pauseOpen: 'Doors stay open meanwhile: your settings say so.',
  pauseShut: (day: string | null) =>
    day === null ? 'Doors refuse at once.' : `Doors open until ${day}, which is paid, and refuse after that.`,
  collection: 'Invoices of the pause are dropped, and nobody has to pay them later.',
  requested: 'Nothing is billed until somebody resumes it here.',
}

/** "from today on, on the day that it renews": the moment of a change in a sentence. */
export const onDay = (day: string): string => (/^(today|tomorrow)$/.test(day) ? day : `on ${day}`)
