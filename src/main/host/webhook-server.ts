// The one address that a tunnel may lead to: Stripe's webhooks, nothing else of the desk.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WebhookDesk } from '../app/receive-webhook.ts'
import type { Address } from './config.ts'

const LARGEST_BODY = 1024 * 1024
const PATH = '/stripe/webhook'

export type WebhookServer = { port: number; close(): Promise<void> }

/** Rejects with the system's error where the address cannot be had. */
export async function startWebhookServer(
  { host, port }: Address,
  desk: () => WebhookDesk | null,
  log: (line: string, error?: unknown) => void,
): Promise<WebhookServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const answer = (status: number) => void response.writeHead(status, { 'content-length': 0 }).end()
    if (request.url !== PATH || request.method !== 'POST') return answer(404)
    bodyOf(request)
      .then((body) => {
        const signature = request.headers['stripe-signature']
        const waiting = desk()
        answer(waiting === null ? 503 : waiting.receive(typeof signature === 'string' ? signature : undefined, body))
      })
      .catch((error) => {
        log('Receiving a webhook', error)
        // Stripe brings it again.
        if (!response.headersSent) answer(500)
      })
  })
  server.maxConnections = 50
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The raw body, because the signature is over its bytes; null where it is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size <= LARGEST_BODY) parts.push(part)
  }
  return size > LARGEST_BODY ? null : Buffer.concat(parts).toString('utf8')
}
