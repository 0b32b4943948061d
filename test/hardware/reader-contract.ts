// What every driver of a reader must do, whatever it speaks: on a real serial line that is plugged and unplugged.
import { expect } from 'vitest'
import { READER_PROFILES } from '../../hardware/registry.ts'
import { type Chip, plugChip } from './pn532-chip.ts'
import { createLine, type Line } from './pty.ts'
import { openRecorded, type Recorded } from './recorder.ts'
import { until } from './until.ts'

/** What stands at the other end of the line, each time that it is plugged in. */
type Station = { show(which: 0 | 1): Promise<void>; spoil(): Promise<void>; after?(): Promise<void> }

export type Specimen = { cards: [string, string]; station(line: Line): Promise<Station> }

/** A reader that only sends. */
const sends = (cards: [string, string], frames: [string, string], spoiled: string, answers?: string): Specimen => ({
  cards,
  async station(line) {
    let heard = ''
    if (answers !== undefined) await line.hear((bytes) => (heard += Buffer.from(bytes).toString()))
    const write = (text: string) => line.write(Buffer.from(text, 'latin1'))
    return {
      show: (which) => write(frames[which]),
      spoil: () => write(spoiled),
      after: async () => {
        if (answers === undefined) return
        await until('it is answered', () => heard.endsWith(answers))
        expect(heard).toMatch(new RegExp(`^(${answers})+$`))
      },
    }
  },
})

const EM: [string, string] = ['em:6F007B3972', 'em:100086F444']
const ISO: [string, string] = ['iso14a:1EA68671', 'iso14a:04AF68DAC85A80']
const W26: [string, string] = ['w26:0D330B', 'w26:0DE1F6']

export const SPECIMENS: Record<string, Specimen> = {
  rdm6300: sends(EM, ['\x026F007B39725F\x03', '\x02100086F44426\x03'], '\x026F007B39725E\x03'),
  id12la: sends(EM, ['\x026F007B39725F\r\n\x03', '\x02100086F44426\r\n\x03'], '\x026F007B39725E\r\n\x03'),
  em18: sends(EM, ['6F007B39725F', '100086F44426'], '6F007B39725E'),
  parallax: sends(EM, ['\n6F007B3972\r', '\n100086F444\r'], '\n6F007B397\r'),
  mfrc522: sends(ISO, ['Card UID: 1E A6 86 71\r\n', 'Card UID: 04 AF 68 DA C8 5A 80\r\n'], 'Card UID: 1E A6 86\r\n'),
  line: sends(ISO, ['1EA68671\r\n', '04AF68DAC85A80\r\n'], '1EA6867\r\n'),
  doorboto2: sends(ISO, ['1EA68671\r\n', '04AF68DAC85A80\r\n'], '1EA6867\r\n', '<d>'),
  twn3: sends(W26, ['1A86998580\r', '1A06F0FB00\r'], '1A86998581'.replace('81', 'C0\r')),
  'wiegand-text': sends(
    W26,
    ['26:10000110100110011000010110\r\n', '13,57846\r\n'],
    '26:00000110100110011000010110\r\n',
  ),
  pn532: {
    cards: ISO,
    async station(line) {
      const chip: Chip = await plugChip(line)
      return {
        async show(which) {
          const before = chip.answers
          chip.hold(ISO[which].slice('iso14a:'.length))
          await until('it was asked twice', () => chip.answers > before + 1)
          chip.hold(null)
        },
        async spoil() {
          chip.spoil()
        },
        after: async () => expect(chip.complaints).toEqual([]),
      }
    },
  },
}

export async function keepsContract(name: string, { cards, station }: Specimen): Promise<void> {
  const profile = READER_PROFILES.get(name)
  if (profile === undefined) throw new Error(`No profile ${name}`)
  const line = createLine()
  const opened: Recorded[] = []
  try {
    // Its own clock: what is held is held, however long it takes here.
    let now = 1_000
    const desk = openRecorded(profile, line.path, () => now)
    opened.push(desk)
    expect(desk.states).toEqual([])
    await until(`${name}: told missing`, () => desk.state() === 'missing')
    expect(desk.sentence()).toMatch(/^[A-Z][^.]*\. .*Latchkey looks again every second\.$/)

    await line.plug()
    let there = await station(line)
    await until(`${name}: found when it comes late`, () => desk.state() === 'ready')

    await there.show(0)
    await until(`${name}: a card is read`, () => desk.reads.length > 0)
    await there.show(0)
    await there.show(0)
    await there.show(1)
    await until(`${name}: another card is read`, () => desk.reads.length > 1)
    expect(desk.reads.map(({ card }) => card)).toEqual(cards)
    expect(desk.rejected).toEqual([])
    await there.spoil()
    await until(`${name}: what is hurt is refused`, () => desk.rejected.length > 0)
    expect(desk.rejected[0]?.why).toMatch(/^[A-Z].*\.$/)
    await there.after?.()

    now += 1_000
    await line.unplug()
    await until(`${name}: unplugged`, () => desk.state() === 'missing')
    await line.plug()
    there = await station(line)
    await until(`${name}: plugged in again`, () => desk.state() === 'ready')
    await there.show(0)
    await until(`${name}: it reads on`, () => desk.reads.length === 3)
    expect(desk.reads.at(-1)?.card).toBe(cards[0])
    await there.after?.()

    await desk.reader.close()
    await desk.reader.close()
    const told = structuredClone([desk.reads, desk.rejected, desk.states])
    const witness = openRecorded(profile, line.path, () => now)
    opened.push(witness)
    await until(`${name}: another has the port`, () => witness.state() === 'ready')
    await there.show(1)
    // An answer to the one before may still be on its way when it opens.
    await until(`${name}: another reads`, () => witness.reads.some(({ card }) => card === cards[1]))
    expect([desk.reads, desk.rejected, desk.states]).toEqual(told)
  } finally {
    await Promise.all(opened.map(({ reader }) => reader.close()))
    await line.remove()
  }
}
