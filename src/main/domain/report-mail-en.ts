// Words of the report of late payments on paper and by mail, and of when it goes. English.
import { oneLine } from './mail-layout.ts'

const payments = (count: number) => (count === 1 ? '1 payment' : `${count} payments`)

export const paperWords = {
  title: (space: string) => `Late payments at ${oneLine(space)}`,
  asOf: (moment: string) => `As of ${moment}.`,
  footer: (space: string, day: string, page: number, pages: number) =>
    `${oneLine(space)}, late payments, ${day}. Page ${page} of ${pages}`,
  nothing: 'Nobody is overdue, and nothing was late in the last twelve months.',
  currency: (code: string) => `In ${code.toUpperCase()}`,
  figures: 'Figures',
  figure: 'Figure',
  amount: 'Amount',
  count: 'Payments',
  means: 'What it means',
  names: {
    failed: 'Failed',
    atRisk: 'At risk',
    inGrace: 'In grace',
    lapsed: 'Lapsed',
    recovered: 'Recovered',
    lost: 'Lost',
    toCollect: 'To collect',
  },
  rate: 'Recovery rate',
  daysToRecover: 'Days to recover',
  unknown: 'not yet',
  ageing: 'By days overdue',
  days: 'Days',
  months: 'The last twelve months',
  legend: 'The bar: recovered, then in recovery, then lost.',
  month: 'Month',
  recovered: 'Recovered',
  inRecovery: 'In recovery',
  lost: 'Lost',
  open: 'What is open',
  openAbout: 'The longest overdue first.',
  cut: (shown: number, all: number) =>
    `The longest overdue first: ${shown} of ${all} are here, and all of them in the CSV file.`,
  contact: 'Contact',
  atDesk: 'tell them at the desk',
  sum: 'Together',
}

export const letterWords = {
  subject: (space: string, day: string) => oneLine(`Late payments at ${space}, ${day}`),
  asOf: (moment: string) => `How payments of memberships stood on ${moment}.`,
  unread: 'Stripe could not be read yet, so what was paid there lately may be missing.',
  readUntil: (moment: string) => `Stripe was last read on ${moment}, so what was paid there since is missing.`,
  nothing: 'Nobody is overdue, and nothing was late in the last twelve months. There is nothing to do.',
  figure: (name: string, count: number) => `${name} (${payments(count)})`,
  toCollect: 'Of these, to collect at the desk',
  todo: (code: string) => `What to do first in ${code.toUpperCase()}: the most money first`,
  clear: 'Nobody is overdue.',
  row: (name: string, plan: string, amount: string, days: number, doors: string, contact: string) =>
    `${oneLine(name)}${plan === '' ? '' : `, ${oneLine(plan)}`}: ${amount}, ${days === 1 ? '1 day' : `${days} days`} overdue, doors ${doors}; ${oneLine(contact)}`,
  more: (count: number) => `${count} more in the files`,
  files:
    'The PDF has every figure with what it means, and why each payment failed. The CSV files have every row that is open.',
  why: 'You get this because your address stands in Latchkey, under Money, By mail.',
}

export const reportMailRefusals = {
  noMail: 'No mail is set up: put the mail server in first, in Settings under Mail.',
  demo: 'The demo sends no mail. The report can be looked at and kept as a file all the same.',
  nobody: 'Say first who is to get it: put at least one address in and save.',
  address: (text: string) => `"${text}" is no email address: it needs an @ and a domain.`,
}

export const reportMailWords = {
  onItsWay: (count: number) =>
    `The report is on its way to ${count === 1 ? '1 address' : `${count} addresses`}: how it went stands below.`,
  sent: (who: string) => `The mail server took it for ${who}.`,
  arrived: (who: string) => `It arrived at ${who}, somebody says.`,
  putAside: (who: string) => `It was put aside for ${who} and is not sent.`,
}

/** Headings of files of people, memberships and visits. */
export const exportColumns = {
  member: 'Member',
  name: 'Name',
  standing: 'Standing',
  plans: 'Plans',
  paidUntil: 'Paid until',
  graceUntil: 'Grace until',
  emails: 'Emails',
  phone: 'Phone',
  cards: 'Cards',
  customers: 'Stripe customers',
  membership: 'Membership',
  kind: 'Kind',
  plan: 'Plan',
  subscription: 'Stripe subscription',
  since: 'Since',
  covers: 'Covers',
  members: 'Members',
  day: 'Day',
  first: 'First',
  last: 'Last',
  doors: 'Doors',
  recovered: 'Recovered',
  inRecovery: 'In recovery',
  lost: 'Lost',
  paidAt: 'Paid',
  method: 'Payment method',
}

/** In the place of whoever is not to be named in lists. */
export const NOT_NAMED = 'Not named'
