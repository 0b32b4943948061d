// A small HTTP server that answers as it is told, one answer a request, and remembers what it was asked.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import type { Limiter } from '../../src/main/stripe/limiter.ts'
import type { StripePort } from '../../src/main/stripe/port.ts'

export const KEY = 'rk_test_51SecretOfTheDesk00000000'

export type Answer =
  | { status: number; body: unknown; headers?: Record<string, string>; after?: Promise<unknown> }
  /** The connection is cut: before anything is said, or in the middle of the body. */
  | 'cut'
  | 'cut-in-body'

/** No pace at all. */
export const freely: Limiter = {
  take: async () => undefined,
  refused: () => undefined,
  accepted: () => undefined,
  listsApart: false,
  figures: () => ({ refused: 0, perSecond: 20 }),
}

export type Asked = { method: string; path: string; query: URLSearchParams; authorization: string; version: string }

export type Scripted = {
  stripe: StripePort
  asked: Asked[]
  /** What the client told its limiter. */
  pace: { taken: number; refused: number; accepted: number }
  url: string
  close: () => Promise<void>
}

/** `answers` are used up in order, the last one again and again. */
export async function scripted(...answers: Answer[]): Promise<Scripted> {
  const asked: Asked[] = []
  let next = 0
  const server = createServer((request, response) => {
    asked.push(read(request))
    const answer = answers[Math.min(next++, answers.length - 1)]
    if (answer === undefined || answer === 'cut') {
      request.socket.destroy()
    } else if (answer === 'cut-in-body') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"object":"list","data":[', () => request.socket.destroy())
    } else {
      void (answer.after ?? Promise.resolve()).then(() => {
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
        response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const pace = { taken: 0, refused: 0, accepted: 0 }
  const limiter: Limiter = {
    take: async () => void pace.taken++,
    refused: () => void pace.refused++,
    accepted: () => void pace.accepted++,
    listsApart: false,
    figures: () => ({ refused: pace.refused, perSecond: 20 }),
  }
  return {
    stripe: createStripeClient({ key: KEY, base: url, limiter, sleep: async () => undefined, now: Date.now }),
    asked,
    pace,
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function read({ method = '', url = '/', headers }: IncomingMessage): Asked {
  const { pathname, searchParams } = new URL(url, 'http://stripe')
  return {
    method,
    path: pathname,
    query: searchParams,
    authorization: headers.authorization ?? '',
    version: String(headers['stripe-version']),
  }
}
