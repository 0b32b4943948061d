// The demo's own controls: its clock, and what happens at its simulated doors.
import { BANK_CARDS } from '../domain/bank-cards.ts'
import { demoRefusals as refusals } from '../domain/demo-en.ts'
import { DOOR_EVENTS } from '../domain/door-events.ts'
import { parseDuration } from '../domain/time.ts'
import { type Command, OK, printed, text } from './command.ts'

export const demoCommands: Command[] = [
  {
    words: 'demo clock',
    args: '+40d',
    about: "the demo's time goes on, and what happens meanwhile happens",
    options: {},
    positionals: ['SPAN'],
    async run({ desk, positionals: [by = ''] }) {
      if (parseDuration(by) === null) return { usage: refusals.noSpan(by) }
      return printed(await desk.call('demo.clock', { by }), ({ now }) => `In the demo it is now ${now}.`)
    },
  },
  {
    words: 'demo swipe',
    args: 'DOOR CARD',
    about: 'show a card at a simulated door',
    options: {},
    positionals: ['DOOR', 'CARD'],
    async run({ desk, positionals: [door = '', card = ''] }) {
      return printed(
        await desk.call('demo.swipe', { door, card }),
        ({ grant, reason, offline }) =>
          `${grant ? 'grant' : 'refuse'}: ${reason}${offline ? ', by the list that the door holds' : ''}`,
      )
    },
  },
  {
    words: 'demo cut',
    args: 'DOOR',
    about:
      'pull the cable of a simulated door; it goes on by the list that it holds, or stays shut where it holds none',
    options: {},
    positionals: ['DOOR'],
    async run({ desk, positionals: [door = ''] }) {
      return printed(
        await desk.call('demo.cutDoor', { door, cut: true }),
        ({ id, holdsList }) =>
          `Door ${id} is cut off and ${holdsList ? 'goes on by its list' : 'stays shut, for it holds no list'}: \`latchkey demo mend ${id}\` plugs it in again.`,
      )
    },
  },
  {
    words: 'demo mend',
    args: 'DOOR',
    about: 'plug it in again; what it did meanwhile comes in',
    options: {},
    positionals: ['DOOR'],
    async run({ desk, positionals: [door = ''] }) {
      return printed(
        await desk.call('demo.cutDoor', { door, cut: false }),
        ({ id, waiting }) => `Door ${id} is plugged in${waiting === 0 ? ' and has told everything' : ''}.`,
      )
    },
  },
  {
    words: 'demo pay',
    args: `[--card ${BANK_CARDS.join('|')}]`,
    about: 'hold a sample bank card to the card reader that waits for one',
    options: { card: { type: 'string', oneOf: BANK_CARDS } },
    positionals: [],
    async run({ desk, values }) {
      const card = (text(values.card) ?? 'visa') as (typeof BANK_CARDS)[number]
      return printed(
        await desk.call('demo.pay', { card }),
        () => 'The card was presented.',
        () => OK,
      )
    },
  },
  {
    words: 'demo tell',
    args: `DOOR ${DOOR_EVENTS.join('|')}`,
    about: 'let a sensor of a simulated door see something',
    options: {},
    positionals: ['DOOR', 'WHAT'],
    async run({ desk, positionals: [door = '', what = ''] }) {
      const kind = DOOR_EVENTS.find((one) => one === what)
      if (kind === undefined) return { usage: `"${what}" is nothing that a door sees: use ${DOOR_EVENTS.join('|')}.` }
      return printed(
        await desk.call('demo.tell', { door, kind }),
        ({ id, waiting }) => `Door ${id} ${waiting === 0 ? 'has told it' : 'keeps it until it is plugged in again'}.`,
      )
    },
  },
]
