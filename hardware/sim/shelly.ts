// A Shelly relay without hardware, for tests and demos: as strict as firmware 2.0 about nonces, arguments and passwords.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, createDigestGuard } from './shelly-auth.ts'

const VERSION = '2.0.0'

export type ShellyOptions = {
  host?: string
  /** By default a free one. */
  port?: number
  /** Without one it asks for none. */
  password?: string
  switches?: number
  /** Milliseconds by a clock that nobody sets. */
  now?(): number
  random(bytes: number): Uint8Array
  onSwitch?(change: SwitchChange): void
}

/** `seconds` until it falls back by itself; null where it stays so. */
export type SwitchChange = { id: number; on: boolean; seconds: number | null; by: 'http' | 'timer' | 'button' }

export type Shelly = {
  port: number
  isOn(id?: number): boolean
  /** The methods that it was asked for and that it carried out, as Switch.Set?id=0&on=false. */
  done: readonly string[]
  /** True: as if its cable were pulled, until false. */
  cutOff(cut: boolean): void
  /** As by the button on it: on or off, with no end. */
  press(on: boolean, id?: number): void
  /** What it knows of nonces is gone, as after a power cut. */
  forgetNonces(): void
  close(): Promise<void>
}

type Output = { on: boolean; source: string; timer: { since: number; seconds: number } | null }

export async function startShelly(options: ShellyOptions): Promise<Shelly> {
  const { host = '127.0.0.1', password = '', now = () => performance.now(), random } = options
  const name = 'shellyplus1-a8032ab12345'
  const outputs = Array.from(
    { length: options.switches ?? 1 },
    (): Output => ({ on: false, source: 'init', timer: null }),
  )
  const guard = createDigestGuard({ realm: name, password, now, random })
  const done: string[] = []
  let cut = false
  const timers = new Set<ReturnType<typeof setTimeout>>()

  /** What should have fallen back by now has. */
  const settle = (id: number) => {
    const output = outputs[id]
    if (!output?.timer || now() < output.timer.since + output.timer.seconds * 1_000) return
    Object.assign(output, { on: !output.on, source: 'timer', timer: null })
    options.onSwitch?.({ id, on: output.on, seconds: null, by: 'timer' })
  }

  const later = (id: number) => {
    const { timer } = outputs[id] ?? {}
    if (!timer) return
    const handle = setTimeout(
      () => {
        timers.delete(handle)
        settle(id)
        if (outputs[id]?.timer === timer) later(id)
      },
      timer.since + timer.seconds * 1_000 - now(),
    )
    timers.add(handle)
  }

  const switchTo = (id: number, on: boolean, seconds: number | null, by: 'http' | 'button' = 'http'): boolean => {
    settle(id)
    const output = outputs[id] as Output
    const before = output.on
    Object.assign(output, {
      on,
      source: by === 'http' ? 'HTTP_in' : 'button',
      timer: seconds === null ? null : { since: now(), seconds },
    })
    options.onSwitch?.({ id, on, seconds, by })
    later(id)
    return before
  }

  const statusOf = (id: number) => {
    settle(id)
    const { on, source, timer } = outputs[id] as Output
    const runs = timer && { timer_started_at: timer.since / 1_000, timer_duration: timer.seconds }
    return { id, source, output: on, ...runs, temperature: { tC: 41.2, tF: 106.1 } }
  }

  const methods: Record<string, (params: URLSearchParams) => Answer> = {
    'Shelly.GetDeviceInfo': () => ({
      status: 200,
      json: {
        name: null,
        id: name,
        mac: 'A8032AB12345',
        slot: 0,
        model: 'SNSW-001X16EU',
        gen: 2,
        ver: VERSION,
        app: 'Plus1',
        auth_en: password !== '',
        auth_domain: password === '' ? null : name,
      },
    }),
    'Shelly.GetStatus': () => ({
      status: 200,
      json: {
        sys: {
          mac: 'A8032AB12345',
          restart_required: false,
          time: null,
          unixtime: null,
          uptime: Math.floor(now() / 1_000),
        },
        ...Object.fromEntries(outputs.map((_, id) => [`switch:${id}`, statusOf(id)])),
      },
    }),
    'Switch.GetStatus': (params) => withSwitch(params, (id) => ({ status: 200, json: statusOf(id) })),
    'Switch.Set': (params) =>
      withSwitch(params, (id) => {
        const on = params.get('on')
        const after = params.get('toggle_after')
        if (on === null) return refusal(-103, "Missing required argument 'on'!")
        if (on !== 'true' && on !== 'false') return refusal(-103, `Argument 'on', value ${on} not valid!`)
        if (after !== null && !(/^\d+(\.\d+)?$/.test(after) && Number(after) > 0))
          return refusal(-103, `Argument 'toggle_after', value ${after} not valid!`)
        return { status: 200, json: { was_on: switchTo(id, on === 'true', after === null ? null : Number(after)) } }
      }),
  }

  const withSwitch = (params: URLSearchParams, work: (id: number) => Answer): Answer => {
    const id = params.get('id')
    if (id === null) return refusal(-103, "Missing required argument 'id'!")
    if (!/^\d+$/.test(id)) return refusal(-103, `Argument 'id', value ${id} not valid!`)
    return Number(id) < outputs.length ? work(Number(id)) : refusal(-105, `Argument 'id', value ${id} not found!`)
  }

  const answer = (method: string, url: string, header: string | undefined): Answer => {
    const [path = '', query = ''] = url.split('?')
    const [, name] = /^\/rpc\/([\w.]+)$/.exec(path) ?? []
    if (name === undefined || method !== 'GET') return { status: 404, json: { code: 404, message: 'Not found' } }
    const isOpen = password === '' || name === 'Shelly.GetDeviceInfo'
    const refused = isOpen ? null : guard.refuse(method, url, header)
    if (refused !== null) return refused
    const work = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (work === undefined) return { status: 404, json: { code: 404, message: `No handler for ${name}` } }
    const result = work(new URLSearchParams(query))
    if (result.status === 200) done.push(query === '' ? name : `${name}?${query}`)
    return result
  }

  const server = http.createServer((request, response) => {
    if (cut) return
    const { status, json, challenge } = answer(request.method ?? '', request.url ?? '', request.headers.authorization)
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(challenge && { 'www-authenticate': challenge }),
    })
    response.end(JSON.stringify(json))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })

  return {
    port: (server.address() as AddressInfo).port,
    done,
    isOn(id = 0) {
      settle(id)
      return outputs[id]?.on ?? false
    },
    cutOff(pulled) {
      cut = pulled
      if (pulled) server.closeAllConnections()
    },
    press(on, id = 0) {
      switchTo(id, on, null, 'button')
    },
    forgetNonces: guard.forget,
    async close() {
      for (const timer of timers) clearTimeout(timer)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function refusal(code: number, message: string): Answer {
  return { status: 500, json: { code, message } }
}
