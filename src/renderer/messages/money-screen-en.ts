// The Money screen's frame: its parts.
export const moneyScreenWords = {
  title: 'Money',
  partsLabel: 'Parts of Money',
  parts: {
    late: 'Late payments',
    worklists: 'Worklists',
    'what-if': 'What if',
    numbers: 'Numbers',
    'by-mail': 'By mail',
  },
}
