// Which keys come from a reader that types: too fast for a hand, ended by Enter.

/** Readers leave a few milliseconds between keys; the fastest typists leave more than this for six in a row. */
export const GAP = 50
/** No card is written in fewer characters. */
const LEAST = 6
const MOST = 80

export type Key = { key: string; at: number; repeat: boolean }

/** `press` tells what the key makes of the keys before it: a whole text, one more of what may become one, or nothing. */
export function createBurst() {
  let text = ''
  let last = 0
  return {
    press({ key, at, repeat }: Key): { is: 'text'; text: string } | { is: 'first' | 'more' | 'other' } {
      // A reader presses Shift for its letters.
      if (key === 'Shift') return { is: 'other' }
      const goesOn = text !== '' && at - last <= GAP && !repeat
      const before = goesOn ? text : ''
      last = at
      text = ''
      if (key === 'Enter') return before.length >= LEAST ? { is: 'text', text: before } : { is: 'other' }
      if (!/^[0-9A-Fa-f,:-]$/.test(key) || repeat || before.length >= MOST) return { is: 'other' }
      text = before + key
      return { is: before === '' ? 'first' : 'more' }
    },
  }
}
