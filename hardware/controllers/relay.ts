// A Shelly relay of the second generation or later over HTTP, for a reader at the desk and a lock at the door. It holds no
// cards and decides nothing: with the desk off it opens for nobody (docs/relay.md).
import { randomBytes } from 'node:crypto'
import { type Device, type DeviceOptions, DeviceSilent } from '../controller.ts'
import { type Asked, createRelayClient, relayAddress } from './relay-http.ts'

/** It is looked at this often, and one request may take so long, in milliseconds. */
const EVERY = 10_000
const PATIENCE = 1_500
/** A door that is held open locks so many seconds after the desk's last word. */
const LEASE = 60
/** Failed sign-ins count for ten minutes (Shelly's documents, Authentication), so after one it is asked once a minute only. */
const LOOKS_LEFT_OUT = 5

export type RelayOptions = DeviceOptions & {
  /** http://admin:PASSWORD@HOST, with ?id=1 where the first of its doors is its second switch. */
  url: string
  random?(bytes: number): Uint8Array
  every?: number
  patience?: number
}

/** Throws where the address is none; the sentence holds nothing of it. */
export function openRelay(options: RelayOptions): Device {
  const { doors, events, random = randomBytes, every = EVERY, patience = PATIENCE } = options
  const address = relayAddress(options.url)
  if (address === null) throw new Error('The address of the relay is none: write it as http://admin:PASSWORD@HOST.')
  const client = createRelayClient({ address, random, patience })
  const say = sentences(address.shown)
  const switchOf = (output: number) => address.switchId + output - 1
  let closed = false
  let isOnline: boolean | null = null
  let trouble: string | null = null
  let firmware: string | null = null
  let looking: Promise<boolean> | null = null
  let leftOut = 0

  /** Tells only what is new. */
  const settle = (sentence: string | null, online: boolean) => {
    if (closed) return
    if (!online && isOnline !== false) events.lost()
    isOnline = online
    if (sentence !== trouble) events.trouble(sentence)
    trouble = sentence
  }

  /** Null, with the trouble told, where it is no reply. */
  const replyOf = (asked: Asked): Record<string, unknown> | null => {
    if (asked.kind === 'reply') return asked.json
    if (asked.kind === 'wrong-password' || asked.kind === 'throttled') leftOut = LOOKS_LEFT_OUT
    settle(asked.kind === 'refused' ? say.odd : say[asked.kind], false)
    return null
  }

  /** False where it did not answer as a relay with these doors does. */
  async function look(): Promise<boolean> {
    if (firmware === null || isOnline !== true) {
      const info = replyOf(await client.ask('Shelly.GetDeviceInfo', {}))
      if (info === null) return false
      if (typeof info.gen !== 'number' || info.gen < 2 || typeof info.ver !== 'string') return odd(say.odd)
      firmware = info.ver.slice(0, 40)
    }
    const status = replyOf(await client.ask('Shelly.GetStatus', {}))
    if (status === null) return false
    let stuck: string | null = null
    for (const { output } of doors) {
      const state = status[`switch:${switchOf(output)}`] as { output?: unknown; timer_duration?: unknown } | undefined
      if (typeof state?.output !== 'boolean') return odd(say.noSwitch(switchOf(output)))
      // Its button or app, or a power cut while it was on: everything that we switch on has an end.
      if (state.output && typeof state.timer_duration !== 'number') stuck = say.stuck(switchOf(output))
    }
    settle(stuck, true)
    if (!closed) events.heard({ firmware })
    return true
  }

  const odd = (sentence: string) => {
    settle(sentence, false)
    return false
  }

  const lookAtOnce = () => {
    looking ??= look().finally(() => {
      looking = null
    })
    return looking
  }

  async function set(door: string, params: Record<string, string>, asked: string): Promise<void> {
    const at = doors.find(({ id }) => id === door)
    if (at === undefined) throw new DeviceSilent(`The relay at ${address?.shown} has no door ${door}.`)
    const answer = await client.ask('Switch.Set', { id: String(switchOf(at.output)), ...params }, true)
    const reply = replyOf(answer)
    if (typeof reply?.was_on === 'boolean') return
    if (reply !== null) settle(say.odd, false)
    throw new DeviceSilent(`The relay at ${address?.shown} was asked to ${asked} and did not say that it has.`)
  }

  const timer = setInterval(() => {
    if (leftOut > 0) leftOut -= 1
    else void lookAtOnce()
  }, every)
  // Not at once: who opens a device has it in hand before the first word of it comes.
  const started = Promise.resolve().then(lookAtOnce)

  return {
    // It holds none, so there are none that it could not keep.
    keepsHours: true,
    written: (card) => card,
    termsOf: () => '',
    async read() {
      if (!(await lookAtOnce()))
        throw new DeviceSilent(`The relay at ${address.shown} was asked how it stands and gave no good answer.`)
      return { cards: [], otherDesk: null, newest: null }
    },
    // It has no clock that matters and tells nobody of anything.
    takeOver() {},
    apply: async (changes) => changes.map(({ door, card }) => ({ door, card, terms: null })),
    open: (door, ms) => set(door, { on: 'true', toggle_after: String(secondsOf(ms)) }, 'open'),
    holdOpen: (door) => set(door, { on: 'true', toggle_after: String(LEASE) }, 'stay open'),
    lock: (door) => set(door, { on: 'false' }, 'lock'),
    async close() {
      closed = true
      clearInterval(timer)
      client.close()
      await started
      await looking
    },
  }
}

/** Whole seconds, from one to a minute: longer is a hold, which the desk repeats. */
function secondsOf(ms: number): number {
  return Math.min(LEASE, Math.max(1, Math.ceil(ms / 1_000)))
}

function sentences(at: string) {
  return {
    silent: `Nothing answers at ${at}. Check the relay's power, its network and its address.`,
    'wrong-password': `The relay at ${at} does not take this password. Give the one that is set in the relay.`,
    throttled: `The relay at ${at} takes no sign-in for some minutes, after too many. See who else asks it, and with which password.`,
    odd: `What answers at ${at} is no Shelly relay of the second generation or later. Check the address.`,
    noSwitch: (id: number) => `The relay at ${at} has no switch ${id}. Check the number in its address.`,
    stuck: (id: number) =>
      `Switch ${id} of the relay at ${at} is on with no end, so its door may stand unlocked. Switch it off there, and let it start switched off.`,
  }
}
