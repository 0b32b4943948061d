// `latchkey serve`: the desk without a window. The screen is a page in any browser on this computer.
import path from 'node:path'
import { addressOf, defaultDataDir, isLoopback, migrations, programVersion, root, usualBroker } from './host/config.ts'
import { endWithLastWords, lastWords } from './host/last-words.ts'
import { openInBrowser } from './host/open-browser.ts'
import { Refused, sentenceOf, WrongUsage } from './host/refusals.ts'
import { fileSecrets } from './host/secrets.ts'
import { ensureWebBuild } from './host/web-build.ts'
import { type RunningDesk, type RunOptions, runDesk } from './run-desk.ts'

export type ServeOptions = {
  dataDir: string | undefined
  ui: string
  doors: string
  stripeBase: string | undefined
  webhook: string | undefined
  mqtt: string | undefined
  demo: boolean
  stdout: (line: string) => void
  stderr: (line: string) => void
}

/** Starts everything or nothing; rejects with Refused or OpenRefused where a person has to do something first. */
export async function serve(options: ServeOptions): Promise<RunningDesk> {
  const { demo, stripeBase, stdout, stderr } = options
  const ui = addressOf('--ui', options.ui)
  if (!isLoopback(ui.host)) {
    throw new Refused(
      `The screen may only be served on this computer itself until there are logins: use --ui 127.0.0.1:${ui.port}.`,
    )
  }
  const doors = addressOf('--doors', options.doors)
  if (stripeBase !== undefined && !/^https?:$/.test(URL.parse(stripeBase)?.protocol ?? '')) {
    throw new WrongUsage(`"${stripeBase}" is not an address: write --stripe-base like http://127.0.0.1:12111.`)
  }
  const dataDir = path.resolve(options.dataDir ?? defaultDataDir(demo))
  const given: RunOptions = {
    version: programVersion(),
    dataDir,
    migrations,
    doorThread: new URL('./door/thread.ts', import.meta.url),
    reportThread: new URL('./report/thread.ts', import.meta.url),
    webFolder: await ensureWebBuild(root, stderr),
    ui,
    doors,
    mqtt: addressOf('--mqtt', options.mqtt ?? usualBroker(demo)),
    stripeBase: stripeBase ?? null,
    demo,
    secrets: fileSecrets(dataDir, process.env.LATCHKEY_PASSPHRASE),
    mailSecrets: fileSecrets(dataDir, process.env.LATCHKEY_PASSPHRASE, 'mail'),
    webhook: options.webhook === undefined ? null : addressOf('--webhook', options.webhook),
    webhookSecrets: fileSecrets(dataDir, process.env.LATCHKEY_PASSPHRASE, 'webhook'),
  }
  const withoutLastWords = endWithLastWords(dataDir)
  const running = await runDesk(given).catch((error) => {
    // What a person can mend is told to whoever started it; of anything else that sentence is too little.
    if (sentenceOf(error) === null) lastWords(dataDir, error)
    withoutLastWords()
    throw error
  })
  if (!isLoopback(doors.host)) {
    stderr(
      `Doors are served on ${running.doorsUrl}: messages are signed but not encrypted, so keep the doors on a network of their own.`,
    )
  }
  if (running.webhookUrl !== null) {
    stderr(
      `Stripe's webhooks are taken at ${running.webhookUrl}/stripe/webhook: lead the tunnel there, and nowhere else.`,
    )
  }
  // Commands look into the usual folder by themselves; every other has to be named.
  const another = `latchkey link${dataDir === path.resolve(defaultDataDir(false)) ? '' : ` --data-dir ${dataDir}`}`
  stderr(
    `${demo ? 'The demo' : 'Latchkey'} is ready. Open this link to sign in (it works once, for 15 minutes; \`${another}\` makes another):\n  ${running.signInLink()}`,
  )
  stdout(JSON.stringify({ ready: true, ui: running.uiUrl, doors: running.doorsUrl, pid: process.pid }))
  if (demo) openInBrowser(running.signInLink())
  return running
}
