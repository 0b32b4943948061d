// Requests and replies on the wire.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import type { OnTheWire } from './traffic.ts'

const LARGEST_BODY = 1_000_000

export async function receive(request: IncomingMessage): Promise<string | ApiError> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= LARGEST_BODY) chunks.push(chunk)
    }
  } catch {
    return new ApiError(400, { type: 'invalid_request_error', message: 'The request ended too early.' })
  }
  if (size > LARGEST_BODY) return new ApiError(413, { type: 'invalid_request_error', message: 'Too large.' })
  return Buffer.concat(chunks).toString('utf8')
}

/** Stripe's clock stands in every reply: here it is the sandbox's. */
export function send(response: ServerResponse, reply: OnTheWire, at: number): void {
  if (reply === null) {
    response.destroy()
    return
  }
  const { status, headers, body } = reply
  const date = new Date(at).toUTCString()
  const length = Buffer.byteLength(body)
  response.writeHead(status, { 'content-type': 'application/json', ...headers, date, 'content-length': length })
  response.end(body)
}

export async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  const { status } = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' })
  return status
}
