// A real broker for tests: mosquitto, with user and password, and with TLS where that is asked for.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { until } from './until.ts'

export type Mosquitto = {
  url: string
  stop(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

/** PEM of an authority, and of a certificate that it signed for a name; `own` signed itself. */
export type Certificates = {
  ca: string
  certFile: string
  keyFile: string
  own: string
  ownKeyFile: string
  ownFile: string
}

export async function startMosquitto(
  users: Readonly<Record<string, string>>,
  tls?: { certFile: string; keyFile: string },
): Promise<Mosquitto> {
  const dir = mkdtempSync(join(tmpdir(), 'latchkey-mosquitto-'))
  const port = await freePort()
  const passwords = join(dir, 'passwords')
  writeFileSync(passwords, '')
  for (const [user, password] of Object.entries(users))
    execFileSync(program('mosquitto_passwd'), ['-b', passwords, user, password], { stdio: 'ignore' })
  const config = join(dir, 'mosquitto.conf')
  const lines = [
    `listener ${port} 127.0.0.1`,
    `user ${userInfo().username}`,
    'allow_anonymous false',
    `password_file ${passwords}`,
    'persistence false',
    'set_tcp_nodelay true',
    'log_dest none',
    ...(tls ? [`certfile ${tls.certFile}`, `keyfile ${tls.keyFile}`] : []),
  ]
  writeFileSync(config, `${lines.join('\n')}\n`)
  let child: ChildProcess | null = null

  const broker: Mosquitto = {
    url: `${tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`,
    async start() {
      child = spawn(program('mosquitto'), ['-c', config], { stdio: 'ignore' })
      let isOpen = false
      const look = () => {
        const socket = net.connect(port, '127.0.0.1', () => {
          isOpen = true
          socket.destroy()
        })
        socket.on('error', () => setTimeout(look, 20))
      }
      look()
      await until('mosquitto listens', () => isOpen || child?.exitCode !== null)
      if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`)
    },
    async stop() {
      const running = child
      child = null
      if (running === null) return
      const gone = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGKILL')
      await gone
    },
    async remove() {
      await broker.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  await broker.start()
  return broker
}

export function makeCertificates(): Certificates {
  const dir = mkdtempSync(join(tmpdir(), 'latchkey-certificates-'))
  const at = (name: string) => join(dir, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: dir })
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...fresh, '-days', '2', '-subj', '/CN=Test authority', '-keyout', 'ca.key', '-out', 'ca.pem')
  openssl('req', ...fresh, '-subj', '/CN=broker', '-keyout', 'broker.key', '-out', 'broker.csr')
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1\n')
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'broker.csr', ...signed, '-out', 'broker.pem')
  openssl('req', '-x509', ...fresh, '-days', '2', '-subj', '/CN=some box', '-keyout', 'own.key', '-out', 'own.pem')
  return {
    ca: readFileSync(at('ca.pem'), 'utf8'),
    certFile: at('broker.pem'),
    keyFile: at('broker.key'),
    own: readFileSync(at('own.pem'), 'utf8'),
    ownFile: at('own.pem'),
    ownKeyFile: at('own.key'),
  }
}

/** Where no program that stops listening left one behind: the system gives a free one, and we give it back. */
async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function program(name: string): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
  if (found === undefined) throw new Error('These tests need the program mosquitto; install the package mosquitto.')
  return found
}
