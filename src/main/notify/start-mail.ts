// Mail at a running desk: the worker on its outbox, the way out by the settings of the moment, and the password.
import type { Mail } from '../domain/mail.ts'
import type { Delivery } from '../domain/outbox.ts'
import type { Ms } from '../domain/time.ts'
import type { WriteDb } from '../store/open.ts'
import { readMailSettings } from '../store/settings.ts'
import { composeMail } from './compose-mail.ts'
import { type Post, startOutboxWorker } from './outbox-worker.ts'

export type MailOptions = {
  db: WriteDb
  now: () => Ms
  newId: () => string
  origin: string
  /** Where the server's password is kept; `set('')` forgets it. `get` may throw where it cannot be opened. */
  password: { get(): string | null; set(password: string): void }
  onChange: (stuck: boolean) => void
  log: (line: string, error?: unknown) => void
}

export type MailDesk = ReturnType<typeof startMail>

export function startMail({ db, now, newId, origin, password, onChange, log }: MailOptions) {
  let kept = opened()

  function opened(): string | null {
    try {
      return password.get() || null
    } catch (error) {
      log('Opening the password of the mail server', error)
      return null
    }
  }

  /** The package is loaded with the first mail: most of what is small about a desk's start is what it does not load. */
  function way(): Post | null {
    const settings = readMailSettings(db)
    if (settings === null) return null
    return async (mail, onHandOver, stop) => {
      const { createMail } = await import('./mail.ts')
      return createMail({ settings, password: kept, now })(mail, onHandOver, stop)
    }
  }

  const stopping = new AbortController()
  const worker = startOutboxWorker({
    db,
    now,
    newId,
    origin,
    post: way,
    compose: (row) => composeMail(db, row),
    sleep: untilGiven,
    onChange,
    log,
  })
  return {
    password: () => kept,
    keepPassword(given: string): void {
      if (given === '' && kept === null) return
      password.set(given)
      kept = given || null
    },
    /** One mail beside the outbox; null while no mail is set up. */
    async send(mail: Mail): Promise<Delivery | null> {
      return (await way()?.(mail, () => undefined, stopping.signal)) ?? null
    },
    wake: () => worker.wake(),
    async stop(): Promise<void> {
      stopping.abort()
      await worker.stop()
    },
  }
}

function untilGiven(ms: Ms, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
    function end(): void {
      clearTimeout(timer)
      resolve()
    }
  })
}
