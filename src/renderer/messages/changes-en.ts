// A membership that runs at Stripe: its menu, what each change asks, and what it would cost.
import type { ChangeAct } from '../../preload/shapes-changes.ts'

export const changeWords = {
  menu: (plan: string) => `Change ${plan}`,
  acts: {
    plan: 'Another plan',
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel at the end of the period',
    keep: 'Take the cancellation back',
    'cancel-now': 'End it at once',
    'take-back': 'Take it back',
    renew: 'Renew',
  } satisfies Record<ChangeAct, string>,

  pending: 'Pending change',

  planTitle: (plan: string) => `Another plan instead of ${plan}`,
  planAbout: 'The amounts are Stripe’s own. Nothing is changed before you say so.',
  plan: 'New plan',
  choose: 'Choose a plan',
  noPlans: 'No other plan is sold in this currency.',
  when: 'From when',
  now: 'Now',
  nowHelp: 'The rest of the period is charged or credited at once.',
  periodEnd: 'From the next period',
  periodEndHelp: 'Nothing is charged now. It can be taken back until then.',
  change: 'Change the plan',

  asking: 'Asking Stripe what it costs…',
  due: 'Now',
  credit: (amount: string) => `${amount} is kept for the invoices to come.`,
  next: (amount: string, day: string) => `Next invoice, ${day}: ${amount}.`,

  cancelTitle: (plan: string) => `Cancel ${plan}`,
  nowTitle: (plan: string) => `End ${plan} at once`,
  why: 'Why',
  whyHelp: 'It stands in the log, and at Stripe.',
  cancel: 'Let it end then',
  endNow: 'End it now',

  pauseTitle: (plan: string) => `Pause ${plan}`,
  pauseAbout: 'It stays theirs, and nothing is owed for the time of the pause.',
  way: 'What is paused',
  collection: 'The payments, until a day',
  requested: 'The whole membership',
  until: 'Goes on by itself on',
  untilHelp: 'Left empty, it goes on when somebody resumes it.',
  pause: 'Pause it',

  resumeTitle: (plan: string) => `Resume ${plan}`,
  resumeAbout: 'In the period that is paid nothing is charged. After it a new one begins, and is charged now.',
  resume: 'Resume it',

  keepTitle: (plan: string) => `Keep ${plan}`,
  keepAbout: 'The agreed end is taken back, and it renews as before.',
  keep: 'Keep it',

  seatMore: (name: string) => `Cover ${name} too`,
  seatMoreAbout: (count: number) => `It is paid for ${count} people then.`,
  seatFewer: (name: string) => `Take ${name} off`,
  seatFewerAbout: 'Their access ends at once; their cards stay theirs.',
  coverIt: 'Cover and charge',
  payFewer: 'Pay for one fewer',
  keepSeat: 'Keep the seat',
}
