// Questions to one UHPPOTE board over UDP, one at a time, each repeated until it is answered.
import { createSocket, type Socket } from 'node:dgram'
import { DeviceSilent } from '../controller.ts'
import { type AnyReply, type Ask, encodeAsk, type Op, parseReply, type Reply } from './uhppote-frames.ts'

export type WireOptions = {
  address: string
  port: number
  serial: number
  /** How often one question is sent, and how many milliseconds lie between. */
  tries: number
  retry: number
}

/** What clears a board is never asked for. */
export type OurOp = Exclude<Op, 'clear-profiles'>

export type Wire = {
  /** `fits` tells the reply to this question from one to another. Rejects with DeviceSilent. */
  ask<O extends OurOp>(op: O, values: Ask<O>, how?: AskHow<O>): Promise<Reply<O>>
  /** Asks for something to be done, and rejects where the board says that it is not. */
  order<O extends OurOp>(op: Reply<O> extends { ok: boolean } ? O : never, values: Ask<O>): Promise<void>
  /** The serial number of whatever board is at that address. */
  whoIsThere(): Promise<number>
  /** Which address of this computer the board sees, and which one is the board's. */
  ends(): Promise<{ ours: string; boards: string }>
  close(): Promise<void>
}

export type AskHow<O extends Op> = { fits?(reply: Reply<O>): boolean; tries?: number }

type Line = {
  socket: Socket
  /** Questions sent less replies heard: where it is not 0 at the end of a question, a late reply may still come. */
  owed: number
  hear: ((message: Buffer) => void) | null
}

export function openWire({ address, port, serial, tries: usual, retry }: WireOptions): Wire {
  let line: Line | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let closed = false
  let giveUp = () => {}

  const silent = (what: string) =>
    new DeviceSilent(
      `Board ${serial} at ${address}:${port} does not answer (${what}). Check its power, its cable and its address.`,
    )

  /** A late reply finds its port closed, and cannot be taken for the reply to what is asked next. */
  async function freshLine(): Promise<Line> {
    if (line !== null && line.owed === 0) return line
    const before = line
    const socket = createSocket('udp4')
    const fresh: Line = { socket, owed: 0, hear: null }
    // That nobody listens over there is told as an error; it is a question without a reply.
    socket.on('error', () => {})
    socket.on('message', (message) => {
      fresh.owed -= 1
      fresh.hear?.(message)
    })
    try {
      await new Promise<void>((resolve, reject) => {
        socket.connect(port, address, (error?: Error) => (error ? reject(error) : resolve()))
      })
    } catch (error) {
      socket.close()
      throw error
    }
    before?.socket.close()
    line = fresh
    return fresh
  }

  function exchange<T>(on: Line, message: Buffer, tries: number, accept: (reply: AnyReply) => T | null) {
    return new Promise<T | null>((resolve) => {
      let sent = 0
      let timer: NodeJS.Timeout | undefined
      const end = (reply: T | null) => {
        clearTimeout(timer)
        on.hear = null
        giveUp = () => {}
        resolve(reply)
      }
      const send = () => {
        if (sent === tries || closed) return end(null)
        sent += 1
        on.owed += 1
        on.socket.send(message)
        timer = setTimeout(send, retry)
      }
      giveUp = () => end(null)
      on.hear = (heard) => {
        const parsed = parseReply(heard)
        const reply = parsed && accept(parsed)
        if (reply !== null) end(reply)
      }
      send()
    })
  }

  async function exchangeOn<T>(op: OurOp, message: Buffer, tries: number, accept: (reply: AnyReply) => T | null) {
    if (closed) throw silent(op)
    const on = await freshLine().catch(() => null)
    const reply = on && (await exchange(on, message, tries, accept))
    if (reply === null) throw silent(op)
    return reply
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }

  const ask: Wire['ask'] = (op, values, { fits = () => true, tries = usual } = {}) =>
    inTurn(() =>
      exchangeOn(op, encodeAsk(op, serial, values), tries, (heard) => {
        if (heard.op !== op || heard.serial !== serial) return null
        const reply = heard.values as Reply<typeof op>
        return fits(reply) ? reply : null
      }),
    )

  return {
    ask,
    async order(op, values) {
      const { ok } = (await ask(op as OurOp, values as never)) as { ok: boolean }
      if (!ok) throw new DeviceSilent(`Board ${serial} does not do it (${op}). Look at how it is set up.`)
    },
    whoIsThere: () =>
      inTurn(() =>
        exchangeOn('get-device', encodeAsk('get-device', 0, {}), 2, (heard) =>
          heard.op === 'get-device' ? heard.serial : null,
        ),
      ),
    ends: () =>
      inTurn(async () => {
        const { socket } = await freshLine().catch(() => {
          throw silent('its address')
        })
        return { ours: socket.address().address, boards: socket.remoteAddress().address }
      }),
    async close() {
      closed = true
      giveUp()
      await turn
      line?.socket.close()
      line = null
    },
  }
}
