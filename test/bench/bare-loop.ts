// The import's bare baseline: pages the same lists of a Stripe-compatible host with the same expansions, four requests in
// flight, each list cut into ranges of `created`, every reply parsed as JSON, nothing kept. Arguments: base, key, from, to
// (seconds between which everything was made).
import http from 'node:http'
import { BILLING_KINDS } from '../../src/main/domain/billing.ts'
import { KINDS } from '../../src/main/stripe/kinds.ts'

const [base, key, from, to] = process.argv.slice(2) as [string, string, string, string]
const IN_FLIGHT = 4
const RANGES = 16
const LISTS = BILLING_KINDS.map((kind) => {
  const { path, expand } = KINDS[kind]
  return [
    path,
    (kind === 'subscription' ? '&status=all' : '') + expand.map((one) => `&expand[]=data.${one}`).join(''),
  ] as const
})

const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
const { hostname, port } = new URL(base)
let objects = 0
let pages = 0
let bytes = 0

const began = performance.now()
for (const [list, extra] of LISTS) {
  const start = Number(from)
  const step = Math.ceil((Number(to) + 1 - start) / RANGES)
  const ranges = Array.from({ length: RANGES }, (_, n) => [start + n * step, start + (n + 1) * step] as const)
  const worker = async () => {
    for (let range = ranges.shift(); range !== undefined; range = ranges.shift()) await readRange(list, extra, ...range)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
}
const ms = performance.now() - began
console.log(JSON.stringify({ ms, objects, pages, bytes, maxRss: process.resourceUsage().maxRSS * 1024 }))
agent.destroy()

async function readRange(list: string, extra: string, gte: number, lt: number): Promise<void> {
  for (let after = ''; ; ) {
    const page = await get(`/v1/${list}?limit=100&created[gte]=${gte}&created[lt]=${lt}${extra}${after}`)
    objects += page.data.length
    const last = page.data.at(-1)
    if (!page.has_more || last === undefined) return
    after = `&starting_after=${last.id}`
  }
}

function get(path: string): Promise<{ data: { id: string }[]; has_more: boolean }> {
  pages += 1
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'stripe-version': '2026-10-28.endive' }
    http
      .get({ hostname, port, path: encodeURI(path), agent, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const body = Buffer.concat(parts)
          bytes += body.length
          if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode} ${body}`))
          else resolve(JSON.parse(body.toString()))
        })
      })
      .on('error', reject)
  })
}
