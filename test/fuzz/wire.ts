// Sends bytes as they are: over a connection that is kept, or over one that is thrown away with what it said.
import net from 'node:net'

/** Nothing here may take so long, however busy the computer is: it hangs. */
const HANGS = 30_000
/** A request that is cut off gets no answer before it is over, so after this we say that there is no more. */
const PATIENCE = 10

export type Kept = {
  /** The answer to one well-formed request; what came of it where the server hung up instead. */
  ask(request: Buffer): Promise<string>
  close(): void
}

export function keepConnection(port: number): Kept {
  let socket: net.Socket | null = null
  let heard = ''
  let done: (answer: string) => void = () => undefined

  function open(): net.Socket {
    const opened = net.connect(port, '127.0.0.1')
    opened.on('error', () => undefined)
    opened.on('close', () => {
      if (socket !== opened) return
      socket = null
      done(heard)
    })
    opened.on('data', (part) => {
      heard += part.toString('latin1')
      if (!isWhole(heard)) return
      if (/\r\nconnection: close\r\n/i.test(heard)) {
        socket = null
        opened.destroy()
      }
      done(heard)
    })
    return opened
  }

  return {
    ask(request) {
      heard = ''
      const answer = new Promise<string>((resolve, reject) => {
        const hangs = setTimeout(() => reject(new Error(`No answer to ${request.toString('latin1', 0, 300)}`)), HANGS)
        done = (text) => {
          clearTimeout(hangs)
          resolve(text)
        }
      })
      socket ??= open()
      socket.write(request)
      return answer
    },
    close: () => void socket?.destroy(),
  }
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(answer.slice(0, end + 2))?.[1]
  return length !== undefined && answer.length >= end + 4 + Number(length)
}

/** All that comes back until the server closes, which it must once we have said that there is no more. */
export function throwAt(port: number, what: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(what)
      setTimeout(() => socket.end(), PATIENCE)
    })
    const hangs = setTimeout(() => {
      socket.destroy()
      reject(new Error(`Still open after ${what.toString('latin1', 0, 300)}`))
    }, HANGS)
    socket.on('data', (part) => {
      heard += part.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(hangs)
      resolve(heard)
    })
  })
}
