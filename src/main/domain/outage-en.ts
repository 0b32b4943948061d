// Words about old data at doors: what a manager cannot do about it, and why.
export const outageRefusals = {
  noDoor: (id: string) => `There is no door "${id}": \`latchkey door list\` shows them.`,
  noMoment: (text: string) => `"${text}" is not a day: write it like 2026-12-03, or choose one.`,
  past: 'That moment is over: choose a day that is still to come.',
  tooFar: (days: number) =>
    `That is more than ${days} days ahead. Choose an earlier day; it can be extended again then.`,
  noWhy: 'Say why doors should go by old data for longer: it stands in the log.',
  gone: 'This extension is over already.',
}
