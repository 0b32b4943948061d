// Who gets in to the screen: the bare page for anyone on this computer, data only for those who signed in.
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { signOut } from '../../src/main/app/sign-out.ts'
import { startUiServer, type UiServer } from '../../src/main/host/ws-transport.ts'
import { freshDir } from '../serving.ts'
import { startTestDesk, type TestDesk } from './test-desk.ts'

let test: TestDesk
let server: UiServer
let realNow = Date.now()
const webFolder = freshDir()
const logged: string[] = []
beforeAll(async () => {
  test = await startTestDesk()
  fs.mkdirSync(path.join(webFolder, 'assets'))
  fs.writeFileSync(
    path.join(webFolder, 'index.html'),
    '<title>Latchkey</title><meta name="csp-nonce" content="__CSP_NONCE__">',
  )
  fs.writeFileSync(path.join(webFolder, 'assets', 'page-1a2b.js'), 'export {}')
  fs.writeFileSync(path.join(webFolder, '..', 'outside.js'), 'secret')
  server = await startUiServer({
    host: '127.0.0.1',
    port: 0,
    webFolder,
    token: 'the-token',
    realNow: () => realNow,
    log: (_line, error) => void logged.push(String(error)),
  })
  server.attach(test.desk)
  test.desk.deps.live.signIns = server.signIns
})
afterAll(async () => {
  await server.close()
  await test.stop()
})

type Got = { status: number; headers: http.IncomingHttpHeaders; body: string }

function get(target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port: server.port,
        path: target,
        method,
        headers: { host: `127.0.0.1:${server.port}`, ...headers },
      },
      (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      },
    )
    request.on('error', reject)
    request.end()
  })
}

/** 'open', or the close code or HTTP status that came instead. */
function connect(headers: Record<string, string>, target = '/desk'): Promise<string | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${target}`, {
      headers: { host: `127.0.0.1:${server.port}`, ...headers },
    })
    socket.on('message', () => {
      resolve('open')
      socket.close()
    })
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('close', (code) => resolve(code))
    socket.on('error', () => undefined)
  })
}

async function signIn(): Promise<string> {
  const { headers } = await get(new URL(server.signIns.link()).pathname + new URL(server.signIns.link()).search)
  return String(headers['set-cookie']?.[0]).split(';')[0] ?? ''
}

const origin = () => ({ origin: `http://127.0.0.1:${server.port}` })

describe('the page', () => {
  it('is given to anyone on this computer, with a title and no data', async () => {
    const { status, body, headers } = await get('/')
    expect(status).toBe(200)
    expect(body).toContain('<title>Latchkey</title>')
    const nonce = /content="([^"]{22})"/.exec(body)?.[1]
    expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect((await get('/')).body).not.toBe(body)
  })

  it('refuses an address that is none, and goes on where its files are gone: no request ends the desk', async () => {
    for (const target of ['//', '//[', 'http://[/']) expect((await get(target)).status).toBe(400)
    const file = path.join(webFolder, 'index.html')
    fs.renameSync(file, `${file}.away`)
    expect(await get('/')).toMatchObject({ status: 500, body: expect.stringMatching(/^The page cannot be shown\./) })
    expect(logged.splice(0)).toEqual([expect.stringContaining('ENOENT')])
    fs.renameSync(`${file}.away`, file)
    expect((await get('/')).status).toBe(200)
  })

  it("comes for every address of the page's own, and nothing else does", async () => {
    expect((await get('/members')).status).toBe(200)
    expect((await get('/assets/page-1a2b.js')).headers['content-type']).toMatch(/javascript/)
    for (const target of [
      '/assets/none.js',
      '/../outside.js',
      '/%2e%2e/outside.js',
      '/..%2foutside.js',
      '/assets/..%2f..%2foutside.js',
    ]) {
      expect({ target, status: (await get(target)).status }).toEqual({ target, status: 404 })
    }
    expect((await get('/', {}, 'POST')).status).toBe(405)
  })

  it.each(['evil.example', 'evil.example:4700', '192.168.1.2:80', 'localhost'])(
    'is refused under the name %j',
    async (host) => {
      expect((await get('/', { host })).status).toBe(421)
    },
  )

  it('goes by localhost too', async () => {
    expect((await get('/', { host: `localhost:${server.port}` })).status).toBe(200)
  })
})

describe('data', () => {
  it('is for those who signed in', async () => {
    const cookie = await signIn()
    expect(await connect({ ...origin(), cookie })).toBe('open')
    expect(await connect(origin())).toBe(4401)
    expect(await connect({ ...origin(), cookie: `${cookie}x` })).toBe(4401)
    expect(await connect({ ...origin(), cookie: cookie.replace(/=.*/, '=') })).toBe(4401)
  })

  it('is not for pages from elsewhere, whatever cookie they bring', async () => {
    const cookie = await signIn()
    for (const foreign of ['http://evil.example', 'null', `https://127.0.0.1:${server.port}`, 'http://127.0.0.1:1']) {
      expect(await connect({ origin: foreign, cookie })).toBe(403)
    }
    expect(await connect({ ...origin(), cookie, host: 'evil.example' })).toBe(421)
    expect(await connect({ ...origin(), cookie }, '/other')).toBe(421)
  })

  it('is for commands that hold the token, and a page cannot use it', async () => {
    expect(await connect({ authorization: 'Bearer the-token' })).toBe('open')
    expect(await connect({ authorization: 'Bearer another' })).toBe(4401)
    expect(await connect({})).toBe(4401)
    expect(await connect({ ...origin(), authorization: 'Bearer the-token' })).toBe(4401)
  })
})

describe('a sign-in link', () => {
  it('works once, and sets a cookie that no script and no other site can use', async () => {
    const { pathname, search } = new URL(server.signIns.link())
    const first = await get(pathname + search)
    expect(first.status).toBe(303)
    expect(first.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict; Path=\//)
    expect(first.headers.location).toBe('/')
    expect((await get(pathname + search)).status).toBe(403)
  })

  it('grows old', async () => {
    const { pathname, search } = new URL(server.signIns.link())
    realNow += 16 * 60 * 1_000
    expect((await get(pathname + search)).status).toBe(403)
  })

  it('is over for every browser at once, connections too, where somebody says so', async () => {
    const cookie = await signIn()
    const unused = new URL(server.signIns.link())
    const open = new WebSocket(`ws://127.0.0.1:${server.port}/desk`, { headers: { ...origin(), cookie } })
    await once(open, 'message')
    const command = new WebSocket(`ws://127.0.0.1:${server.port}/desk`, {
      headers: { authorization: 'Bearer the-token' },
    })
    await once(command, 'message')
    const closed = once(open, 'close')
    expect(signOut(test.desk.deps)).toEqual({ ok: true, value: { ok: true } })
    expect((await closed)[0]).toBe(4401)
    expect(await connect({ ...origin(), cookie })).toBe(4401)
    expect((await get(unused.pathname + unused.search)).status).toBe(403)
    // Commands are let in by the token of this run.
    expect(command.readyState).toBe(command.OPEN)
    command.close()
    expect(await connect({ ...origin(), cookie: await signIn() })).toBe('open')
  })

  it('cannot be guessed', async () => {
    expect((await get('/sign-in?link=')).status).toBe(403)
    expect((await get('/sign-in')).status).toBe(403)
  })

  it('leaves sessions that end after thirty days', async () => {
    const cookie = await signIn()
    realNow += 29 * 86_400_000
    expect(await connect({ ...origin(), cookie })).toBe('open')
    realNow += 2 * 86_400_000
    expect(await connect({ ...origin(), cookie })).toBe(4401)
  })
})
