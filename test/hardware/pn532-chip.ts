// A PN532 as its manual has it: asleep until it is called, it takes commands one by one, confirms each, and says what
// was not right. Strict: what a chip would not understand is a complaint.
import type { Line } from './pty.ts'

const ACK = [0x00, 0x00, 0xff, 0x00, 0xff, 0x00]
const FAULT = [0x00, 0x00, 0xff, 0x01, 0xff, 0x7f, 0x81, 0x00]
const SAM_CONFIGURATION = '0000ff03fdd414011700'
const LIST_ONE_TYPE_A = '0000ff04fcd44a0100e100'

export type Chip = {
  complaints: string[]
  /** Everything that was sent to it, as hex. */
  heard: string
  /** Answers with a card in them. */
  answers: number
  /** In its field; null for none. */
  hold(uid: string | null): void
  /** The next answer is hurt on its way. */
  spoil(): void
}

export async function plugChip(line: Line): Promise<Chip> {
  let asleep = true
  let setUp = false
  let asked = false
  let spoiled = false
  let card: string | null = null
  let left = ''
  const chip: Chip = {
    complaints: [],
    heard: '',
    answers: 0,
    hold(uid) {
      card = uid
      look()
    },
    spoil() {
      spoiled = true
      look()
    },
  }

  const say = (bytes: readonly number[]) => void line.write(Uint8Array.from(bytes))
  const answer = (body: number[]) => {
    const sum = -[0xd5, ...body].reduce((a, b) => a + b) & 0xff
    const frame = [0x00, 0x00, 0xff, body.length + 1, -(body.length + 1) & 0xff, 0xd5, ...body, sum, 0x00]
    if (spoiled) frame[frame.length - 3] = (frame.at(-3) ?? 0) ^ 1
    spoiled = false
    say(frame)
  }
  const look = () => {
    const shown = card ?? (spoiled ? '00000000' : null)
    if (!asked || shown === null) return
    asked = false
    chip.answers += 1
    const uid = [...Buffer.from(shown, 'hex')]
    answer([0x4b, 1, 1, 0x00, 0x04, 0x08, uid.length, ...uid])
  }

  const take = (frame: string) => {
    if (frame === Buffer.from(ACK).toString('hex')) {
      asked = false
      return
    }
    say(ACK)
    if (frame === SAM_CONFIGURATION) {
      setUp = true
      answer([0x15])
    } else if (frame === LIST_ONE_TYPE_A && setUp) {
      asked = true
      look()
    } else {
      chip.complaints.push(`not understood: ${frame}`)
      say(FAULT)
    }
  }

  await line.hear((bytes) => {
    chip.heard += Buffer.from(bytes).toString('hex')
    left += Buffer.from(bytes).toString('hex')
    if (asleep) {
      const call = /^5555(00){14}/.exec(left)
      if (call === null) {
        if (left.length >= 32 || !'55550000000000000000000000000000'.startsWith(left))
          chip.complaints.push(`asleep, and not called: ${left}`)
        return
      }
      asleep = false
      left = left.slice(call[0].length)
    }
    for (;;) {
      // A chip that is awake takes a call for noise.
      left = left.replace(/^5555(00){14}/, '')
      const frame = /^0000ff(00ff00|(..)(..)((?:..)*))/.exec(left)
      if (frame === null) {
        if (left !== '' && !'5555000000'.startsWith(left) && !'0000ff'.startsWith(left) && !/^5555(00)*$/.test(left))
          chip.complaints.push(`not a frame: ${left}`)
        return
      }
      const length =
        frame[1] === '00ff00' || left.startsWith('0000ff00ff00') ? 12 : 12 + Number.parseInt(frame[2] ?? '', 16) * 2 + 2
      if (left.length < length) return
      take(left.slice(0, length))
      left = left.slice(length)
    }
  })
  return chip
}
