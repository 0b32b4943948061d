// The composition root: the only place where the parts meet. Two hosts start it: electron.ts (through desk-child.ts) and headless.ts.
import { randomBytes } from 'node:crypto'
import { readerHardware } from '../../hardware/registry.ts'
import { cardRow } from './app/card-text.ts'
import { createCardWaits } from './app/card-wait.ts'
import type { DemoControls, DeskDeps } from './app/deps.ts'
import { feedRow } from './app/feed.ts'
import { gather } from './app/gather.ts'
import { clearOrders } from './app/order-doors.ts'
import { createPayments } from './app/payments.ts'
import { createReaderBench } from './app/reader-bench.ts'
import { createReaderQueue } from './app/reader-queue.ts'
import { createReaderSearch } from './app/reader-search.ts'
import { createWebhookDesk } from './app/receive-webhook.ts'
import { renewSearch } from './app/refresh-search.ts'
import { startReportMail } from './app/report-mail-clock.ts'
import { createChanges } from './app/running-changes.ts'
import { createSignUps } from './app/sign-ups.ts'
import { lamps } from './app/status.ts'
import { checkStripeKey } from './app/stripe-key.ts'
import { createSyncRunner } from './app/sync-runner.ts'
import { tellOfPeople } from './app/tell-of-people.ts'
import type { Desk, DeskOptions, PushListener } from './desk-types.ts'
import { readCardInForm } from './domain/card-identity.ts'
import type { DeviceState } from './domain/door-questions.ts'
import { uuidv7 } from './domain/ids.ts'
import type { Ms } from './domain/time.ts'
import { type Doors, startDoors } from './door/supervise.ts'
import { startMail } from './notify/start-mail.ts'
import { startReports } from './report/supervise.ts'
import { allReaders } from './store/doors.ts'
import { openForReading, openForWriting } from './store/open.ts'
import { OpenRefused } from './store/refused.ts'
import { readDeskId, wasMadeByDemo, writeSetting } from './store/settings.ts'

/** Chance is fetched for four hundred ids at a time: asking the system costs more than all else about one. */
function idMaker(now: () => Ms): () => string {
  let chance = Buffer.alloc(0)
  return () => {
    if (chance.length === 0) chance = randomBytes(4_000)
    const own = chance.subarray(0, 10)
    chance = chance.subarray(10)
    return uuidv7(now(), own)
  }
}

/** Rejects with OpenRefused, CannotListen or an Error whose message says what was being done. */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const { dataDir, migrations, log } = options
  const offset = new Float64Array(options.clockOffset)
  const now = (): Ms => Date.now() + (offset[0] ?? 0)
  const newId = idMaker(now)
  const db = openForWriting(dataDir, 'desk', migrations)
  const deskId = readDeskId(db) ?? newId()
  try {
    refuseOtherKind(wasMadeByDemo(db), readDeskId(db) !== null, options.demo !== null)
    if (readDeskId(db) === null) {
      db.transaction(() => {
        writeSetting(db, 'deskId', deskId, now())
        writeSetting(db, 'timeZone', options.defaultZone, now())
        writeSetting(db, 'madeByDemo', options.demo !== null, now())
      }).immediate()
    }
  } catch (error) {
    db.close()
    throw error
  }

  // Commands that read the stored data while nothing runs must tell the demo's time too.
  const keepOffset = () => {
    if (options.demo !== null) writeSetting(db, 'clockOffset', offset[0] ?? 0, now())
  }
  keepOffset()
  clearOrders(db, deskId, now())
  const given = options.demo
  const demo: DemoControls | null = given && {
    ...given,
    async advance(ms) {
      await given.advance(ms)
      keepOffset()
    },
  }

  const listeners = new Set<PushListener>()
  const push: PushListener = (name, value) => {
    for (const listener of listeners) listener(name, value)
  }
  let doors: Doors | null = null
  const devices = new Map<string, DeviceState>()
  const doorsSeen = new Map<string, { at: Ms; monotonic: number }>()
  const pushLamps = gather(() => {
    // What was gathered when the desk stopped is told to nobody.
    if (db.open) push('lamps', lamps(deps))
  })
  const sync = createSyncRunner({
    db,
    now,
    newId,
    origin: deskId,
    // A breath is one turn of the event loop; a timer of 0 ms would make it more than one.
    sleep: (ms) => new Promise((resolve) => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms))),
    log,
    onReport() {
      pushLamps()
      if (sync.report().phase === 'idle') signUps.tend()
    },
    onMembers: () => push('members', {}),
  })
  const webhooks = createWebhookDesk({
    db,
    now,
    secret: options.webhook.secret,
    listening: () => options.webhook.listening,
    onNews: () => void sync.run({ full: false }).catch(() => undefined),
  })
  const readers = createReaderBench(readerHardware(now, demo !== null, readCardInForm), {
    onRead: (canonical, { door }) => {
      // Whoever waits for a card at the desk gets it; else a reader that belongs to a door asks for that door.
      if (waits.onRead(canonical, null)) return
      if (door === null) return push('cardShown', cardRow(deps, canonical))
      void deps.live.askDoors({ what: 'present', doorId: door, card: canonical })
    },
    onRejected: (why) => log(`A card at the desk was not read: ${why}`),
    onState: () => {
      waits.onReaders()
      pushLamps()
    },
  })
  const waits = createCardWaits({
    now,
    newId,
    readerReady: () => readers.states().some(({ state }) => state === 'ready'),
    push: (wait) => push('cardWait', wait),
  })
  const readerSearch = createReaderSearch({ now, newId, readers, push: (search) => push('readerSearch', search) })

  const readerQueue = createReaderQueue()
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const signUps = createSignUps(() => deps, { sleep, log, queue: readerQueue })
  const payments = createPayments(() => deps, { sleep, log, queue: readerQueue })

  const changes = createChanges(() => deps, { log })

  let source = options.stripe.source
  let mode: 'live' | 'test' | null = null
  const takeKey = async (key: string | null) => {
    const check = key === null ? null : checkStripeKey(key)
    mode = check?.ok ? check.mode : null
    if (key === null || check === null) return sync.setStripe(null)
    if (!check.ok) return sync.setStripe(null, check.sentence)
    sync.setStripe(await options.stripe.connect(key))
    signUps.resume()
    payments.resume()
    changes.resume()
  }

  const mail = startMail({
    db,
    now,
    newId,
    origin: deskId,
    password: options.mailPassword,
    // Those that a person has to do something about stand in the inbox, too.
    onChange: (stuck) => (stuck ? tellOfPeople(deps) : pushLamps()),
    log,
  })
  const reports = startReports({
    entry: options.reportThread,
    data: { dataDir, migrations, deskId, version: options.version, clockOffset: options.clockOffset },
    onProgress: (so) => push('report.progress', so),
    log,
  })
  const deps: DeskDeps = {
    version: options.version,
    desk: db,
    access: null,
    report: null,
    deskId,
    now,
    live: {
      db,
      newId,
      randomHex: (bytes) => randomBytes(bytes).toString('hex'),
      operator: 'owner',
      sync,
      readers,
      readerSearch,
      waits,
      signUps,
      changes,
      readerQueue,
      payments,
      webhooks,
      computer: options.computer,
      openRecording: options.openRecording,
      aside: reports.ask,
      askDoors: async (question) => (doors === null ? null : doors.ask(question)),
      deviceState: (doorId) => devices.get(doorId) ?? null,
      doorSeen(doorId) {
        const seen = doorsSeen.get(doorId)
        return seen === undefined ? null : { at: seen.at, ago: performance.now() - seen.monotonic }
      },
      secrets: {
        state: () => ({ source, mode }),
        setStripe(key) {
          options.keepStripeKey(key)
          source = 'store'
          takeKey(key).catch((error) => log('Taking the new Stripe key', error))
        },
        setWebhook: options.webhook.keep,
      },
      mail,
      demo,
      signIns: options.signIns,
      push,
      pushLamps,
    },
  }

  const broker = Promise.withResolvers<number>()
  let started: Doors
  try {
    started = await startDoors({
      entry: options.doorThread,
      data: { dataDir, migrations, deskId, ...options.doors, clockOffset: options.clockOffset, mqtt: options.mqtt },
      log,
      onSeen: (doorId, at) => {
        doorsSeen.set(doorId, { at, monotonic: performance.now() })
        pushLamps()
      },
      onDevice: (state) => {
        const before = devices.get(state.doorId)
        devices.set(state.doorId, state)
        // Its clock is told every second, and no lamp shows it.
        if (before?.online !== state.online) pushLamps()
      },
      onBroker: broker.resolve,
      onDecision: (notice) => {
        // The answer has left and stands in the log; a screen that does not hear of it must not end the desk.
        try {
          push('feed', feedRow(deps, notice))
          if (notice.canonical !== null) waits.onRead(notice.canonical, notice.doorId)
        } catch (error) {
          log('Telling the screens of a swipe', error)
        }
      },
    })
  } catch (error) {
    await mail.stop()
    await reports.stop()
    db.close()
    throw error
  }
  doors = started
  const access = openForReading(dataDir, 'access', migrations)
  deps.access = access
  for (const reader of allReaders(db)) readers.open(reader)
  takeKey(options.stripe.key).catch((error) => log('Connecting to Stripe', error))
  void renewSearch(db, now(), log)
  const reportMail = startReportMail(() => deps, log)

  return {
    deps,
    doorsPort: started.port,
    brokerPort: broker.promise,
    webhooks,
    onPush(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async stop() {
      await reportMail.stop()
      await mail.stop()
      await signUps.close()
      await payments.close()
      await changes.close()
      await sync.stop()
      await readerSearch.stop()
      await readers.closeAll()
      await started.stop()
      await reports.stop()
      access.close()
      db.pragma('optimize')
      db.close()
    },
  }
}

/** Sample people and real ones never share a folder. */
function refuseOtherKind(madeByDemo: boolean, used: boolean, demo: boolean): void {
  if (!used || madeByDemo === demo) return
  throw new OpenRefused(
    demo
      ? 'This data folder holds real members, so the demo does not touch it: leave --data-dir out, and the demo uses a folder of its own.'
      : 'This data folder was made by the demo: start it with --demo, or choose another --data-dir.',
  )
}
