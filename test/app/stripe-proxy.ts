// A proxy before the sandbox that can fail as a network or Stripe fails, as long as a test says so.
import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of a request: passed on, cut off, or answered in Stripe's place. */
export type Fate = 'pass' | 'cut' | { status: number; body: unknown }

export type StripeProxy = {
  url: string
  /** `GET /v1/customers/cus_1`, without the query. */
  fate: (request: string) => Fate
  /** Every request that came, in order. */
  requests: string[]
  close: () => Promise<void>
}

export async function startProxy(target: string): Promise<StripeProxy> {
  const server = createServer((incoming, outgoing) => {
    const line = `${incoming.method} ${(incoming.url ?? '').split('?')[0]}`
    proxy.requests.push(line)
    const fate = proxy.fate(line)
    if (fate === 'cut') {
      incoming.socket.destroy()
    } else if (fate === 'pass') {
      const onward = forward(
        `${target}${incoming.url}`,
        { method: incoming.method ?? 'GET', headers: incoming.headers },
        (reply) => {
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
          reply.pipe(outgoing)
        },
      )
      onward.on('error', () => incoming.socket.destroy())
      incoming.pipe(onward)
    } else {
      outgoing.writeHead(fate.status, { 'content-type': 'application/json' })
      outgoing.end(JSON.stringify(fate.body))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: StripeProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fate: () => 'pass',
    requests: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return proxy
}
