import { createHash, randomBytes } from 'node:crypto'
import http from 'node:http'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Shelly, startShelly } from '../../hardware/sim/shelly.ts'
import { SIM_RELAY } from '../../src/main/commands/sim-relay.ts'
import { until } from './until.ts'

const PASSWORD = 'correct horse'
const REALM = 'shellyplus1-a8032ab12345'
const SET = '/rpc/Switch.Set?id=0&on=true&toggle_after=3'

let relay: Shelly
let clock = 0
const undo: (() => unknown)[] = []

beforeEach(async () => {
  clock = 1_000
  relay = await startShelly({ password: PASSWORD, now: () => clock, random: randomBytes })
  undo.push(() => relay.close())
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

type Got = { status: number; json: Record<string, unknown>; asks: string }
function get(
  path: string,
  authorization?: string,
  { port, method = 'GET' } = { port: relay.port } as never,
): Promise<Got> {
  const headers = authorization === undefined ? {} : { authorization }
  return new Promise((resolve, reject) => {
    const request = http.request({ port, path, method, headers }, async (response) => {
      let text = ''
      for await (const part of response.setEncoding('utf8')) text += part
      const asks = response.headers['www-authenticate'] ?? ''
      resolve({ status: response.statusCode ?? 0, json: JSON.parse(text), asks })
    })
    request.on('error', reject).end()
  })
}

const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const nonceOf = ({ asks }: Got) => /nonce="([^"]+)"/.exec(asks)?.[1] ?? ''
const newNonce = async () => nonceOf(await get(SET))

/** As RFC 7616 has it, with faults where they are wanted. */
function sign(nonce: string, faults: Record<string, string> = {}) {
  const { username = 'admin', realm = REALM, uri = SET, nc = '00000001', qop = 'auth', password = PASSWORD } = faults
  const response = sha(`${sha(`${username}:${realm}:${password}`)}:${nonce}:${nc}:c0ffee:${qop}:${sha(`GET:${uri}`)}`)
  return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", cnonce="c0ffee", nc=${nc}, qop=${qop}, response="${response}", algorithm=${faults.algorithm ?? 'SHA-256'}`
}

describe('who may give it orders', () => {
  test('only who answers its challenge, each number of a nonce once and in order', async () => {
    const asked = await get(SET)
    expect(asked.status).toBe(401)
    expect(asked.asks).toMatch(
      /^Digest qop="auth", realm="shellyplus1-a8032ab12345", nonce="[\w+/]+==", algorithm=SHA-256$/,
    )
    const nonce = nonceOf(asked)
    expect(await get(SET, sign(nonce))).toMatchObject({ status: 200, json: { was_on: false } })
    for (const nc of ['00000001', '00000003', '00000000'])
      expect(await get(SET, sign(nonce, { nc }))).toMatchObject({
        status: 401,
        asks: expect.stringContaining('stale=true'),
      })
    expect(await get(SET, sign(nonce, { nc: '00000002' }))).toMatchObject({ status: 200, json: { was_on: true } })
  })

  test.each([
    ['another password', { password: 'wrong' }],
    ['another user', { username: 'root' }],
    ['another realm', { realm: 'shelly' }],
    ['another request', { uri: '/rpc/Switch.Set?id=0&on=false' }],
    ['a short number', { nc: '1' }],
    ['another way', { qop: 'auth-int' }],
    ['another sum', { algorithm: 'MD5' }],
  ])('not with %s', async (_, faults) => {
    const refused = await get(SET, sign(await newNonce(), faults))
    expect(refused.status).toBe(401)
    expect(refused.asks).not.toContain('stale')
    expect(relay.isOn()).toBe(false)
  })

  test('a nonce serves for an hour', async () => {
    const nonce = await newNonce()
    clock += 3_599_999
    expect(await get(SET, sign(nonce))).toMatchObject({ status: 200 })
    clock += 1
    const old = await get(SET, sign(nonce, { nc: '00000002' }))
    expect(old).toMatchObject({ status: 401, asks: expect.stringContaining('stale=true') })
    expect(await get(SET, sign(nonceOf(old)))).toMatchObject({ status: 200 })
  })

  test('it keeps 32 nonces, and for two seconds gives none instead of a 33rd', async () => {
    for (let given = 0; given < 32; given += 1) expect((await get(SET)).status).toBe(401)
    expect((await get(SET)).status).toBe(429)
    clock += 2_000
    expect((await get(SET)).status).toBe(401)
  })

  test('after ten wrong sign-ins it takes none, the right one neither, for ten minutes', async () => {
    for (let tried = 0; tried < 10; tried += 1) await get(SET, sign('x', { password: 'guess' }))
    expect(await get(SET, sign(await newNonce()))).toMatchObject({ status: 429, json: { code: 429 } })
    clock += 600_000
    expect(await get(SET, sign(await newNonce()))).toMatchObject({ status: 200 })
  })

  test('what it is it tells everybody', async () => {
    expect(await get('/rpc/Shelly.GetDeviceInfo')).toMatchObject({ status: 200, json: { gen: 2, auth_en: true } })
    expect(await get('/rpc/Shelly.GetStatus')).toMatchObject({ status: 401 })
  })
})

describe('what it takes', () => {
  let open: Shelly
  const ask = (path: string, method = 'GET') => get(path, undefined, { port: open.port, method } as never)
  beforeEach(async () => {
    open = await startShelly({ switches: 2, now: () => clock, random: randomBytes })
    undo.push(() => open.close())
  })

  test.each([
    ['/rpc/Switch.Set?on=true', 500, -103],
    ['/rpc/Switch.Set?id=one&on=true', 500, -103],
    ['/rpc/Switch.Set?id=2&on=true', 500, -105],
    ['/rpc/Switch.Set?id=0', 500, -103],
    ['/rpc/Switch.Set?id=0&on=1', 500, -103],
    ['/rpc/Switch.Set?id=0&on=true&toggle_after=0', 500, -103],
    ['/rpc/Switch.Set?id=0&on=true&toggle_after=soon', 500, -103],
    ['/rpc/Switch.Open?id=0', 404, 404],
    ['/rpc/constructor', 404, 404],
    ['/relay/0?turn=on', 404, 404],
  ])('not %s', async (path, status, code) => {
    expect(await ask(path)).toMatchObject({ status, json: { code, message: expect.any(String) } })
    expect([open.isOn(0), open.isOn(1)]).toEqual([false, false])
    expect(open.done).toEqual([])
  })

  test('toggle_after by its own clock, and each switch by itself', async () => {
    expect((await ask('/rpc/Switch.Set?id=1&on=true&toggle_after=3')).json).toEqual({ was_on: false })
    expect([open.isOn(0), open.isOn(1)]).toEqual([false, true])
    expect((await ask('/rpc/Switch.GetStatus?id=1')).json).toMatchObject({ output: true, timer_duration: 3 })
    clock += 2_999
    expect(open.isOn(1)).toBe(true)
    clock += 1
    expect(open.isOn(1)).toBe(false)
    const status = await ask('/rpc/Shelly.GetStatus')
    expect(status.json).toMatchObject({ 'switch:1': { output: false, source: 'timer' } })
    expect(status.json['switch:1']).not.toHaveProperty('timer_duration')
  })
})

describe('latchkey sim relay', () => {
  async function sim(values: Record<string, string>) {
    const stdin = new PassThrough()
    const said: Record<string, unknown>[] = []
    const complaints: string[] = []
    const io = {
      stdin,
      out: (line: string) => said.push(JSON.parse(line)),
      err: (line: string) => complaints.push(line),
    }
    const started = await SIM_RELAY.start(values, io)
    if ('usage' in started) throw new Error(started.usage)
    undo.push(() => started.close())
    return { said, complaints, stdin, started }
  }

  test('says that it is there, when it opens and closes, and how it stands', async () => {
    const { said, complaints, stdin, started } = await sim({ port: '0' })
    await until('it is there', () => said.length > 0)
    expect(said[0]).toMatchObject({ what: 'ready', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
    const port = Number(new URL(String(said[0]?.url)).port)
    const ask = (path: string) => get(path, undefined, { port } as never)
    await ask('/rpc/Switch.Set?id=0&on=true&toggle_after=60')
    stdin.write('state\nopen it\n')
    await until('the line is refused', () => complaints.length > 0)
    await ask('/rpc/Switch.Set?id=0&on=true&toggle_after=0.05')
    await until('it closes', () => said.at(-1)?.what === 'closed')
    stdin.write('state\nquit\n')
    expect(await started.ended).toBeNull()
    expect(said.slice(1)).toEqual([
      { what: 'opened', switch: 0, by: 'http', seconds: 60 },
      { what: 'state', open: true },
      { what: 'opened', switch: 0, by: 'http', seconds: 0.05 },
      { what: 'closed', switch: 0, by: 'timer', seconds: null },
      { what: 'state', open: false },
    ])
    expect(complaints).toEqual(['"open it" is nothing to be done at a relay: write state, quit.'])
  })

  test('wants a port that is free', async () => {
    for (const port of ['', 'x', '65536'])
      expect(await SIM_RELAY.start({ port }, {} as never)).toEqual({ usage: expect.stringContaining('--port') })
    const { started } = await sim({ port: String(relay.port) })
    expect(await started.ended).toMatch(/^No relay can be served at port \d+: .*EADDRINUSE/)
  })

  test('asks for the password that it was given', async () => {
    const { said } = await sim({ port: '0', password: 'hush' })
    await until('it is there', () => said.length > 0)
    const port = Number(new URL(String(said[0]?.url)).port)
    expect((await get('/rpc/Shelly.GetStatus', undefined, { port } as never)).status).toBe(401)
    expect(JSON.stringify(said)).not.toContain('hush')
  })
})
