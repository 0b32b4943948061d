// The demo's studio: an ESP-RFID box at the desk's own broker, with the cards that some program before us has put on it.
import fs from 'node:fs'
import { startEspDevice } from '../../../hardware/sim/esp-rfid-device.ts'
import { createEspList, type EspList } from '../../../hardware/sim/esp-rfid-list.ts'
import { writtenIn } from '../domain/card-identity.ts'
import type { DoorEventKind } from '../domain/door-events.ts'
import type { Reason } from '../domain/reasons.ts'
import { type Call, openForPlan } from './demo-access.ts'
import { type DemoDeps, type DemoDoor, seesNothing } from './demo-door.ts'

export const STUDIO = { id: 'studio', name: 'Studio' }
/** It is told to nobody but the desk, and nothing is sent there. */
const ADDRESS = '192.168.1.60'
/** Cards of people who are long gone. */
const STRANGERS = ['0b004c31e7', '0b004d0a52', '2a00b19f04']
/** What it says of a swipe, as the desk stores it. */
const REASONS: Readonly<Record<string, Reason>> = { Always: 'ok', Admin: 'ok', Expired: 'card-expired' }
/** Whom it is for; one in so many others has a card on it all the same, and one in so many of them has none yet. */
const PLAN = 'Studio resident'
const OTHERS = 20
const MISSING = 5

/** `file` is where its list outlasts the demo; null: nowhere. Null where the desk knows no such door any more. */
export async function startDemoBox(
  { call, now, fresh }: DemoDeps,
  broker: Promise<number>,
  file: string | null,
): Promise<DemoDoor | null> {
  const list = kept(file) ?? (await filled(call))
  // A password is shown once: at each start the box gets a new one.
  const made = fresh
    ? await call('doors.add', { ...STUDIO, driver: 'esp-rfid', broker: 'own', topic: STUDIO.id, address: ADDRESS })
    : await call('doors.rekey', { id: STUDIO.id })
  const password = made.ok ? made.value.password : undefined
  if (password === undefined) return null
  if (fresh) await openForPlan(call, STUDIO.id, PLAN)
  const url = `mqtt://127.0.0.1:${await broker}`
  const begin = () =>
    startEspDevice({ url, username: STUDIO.id, password, topic: STUDIO.id, address: ADDRESS, now }, list)
  let box = begin()
  let isCut = false
  const sensors: Partial<Record<DoorEventKind, () => void>> = {
    forced: () => box.event('WARN', 'tamper', 'Door was tampered!'),
    'open-too-long': () => box.event('WARN', 'tamper', "Door wasn't closed within max open time!"),
    closed: () => box.event('INFO', 'door', 'Door Closed'),
  }
  return {
    name: STUDIO.name,
    holdsList: true,
    async swipe(card) {
      const uid = writtenIn(card, 'hex')?.toLowerCase()
      if (uid === undefined) return { why: 'its reader does not know such a card' }
      const reason = REASONS[box.swipe(uid)] ?? 'unknown-card'
      return { grant: reason === 'ok', reason, receipt: null, offline: true }
    },
    async cut(pulled) {
      if (pulled === isCut) return
      isCut = pulled
      if (pulled) await box.cut()
      else box = begin()
    },
    isCut: () => isCut,
    waiting: () => 0,
    async tell(kind) {
      if (isCut) return 'it is cut off, and keeps nothing for later'
      sensors[kind]?.()
      return sensors[kind] === undefined ? seesNothing : null
    },
    async close() {
      if (!isCut) await box.close()
      if (file !== null) keep(file, list)
    },
  }
}

/** As its former program left it: most whom it is for, some others, and some who are no members. */
async function filled(call: Call): Promise<EspList> {
  const list = createEspList()
  const members = await call('members.list', {})
  const rows = members.ok ? members.value.rows : []
  for (const [index, { name, plans, credentials }] of rows.entries()) {
    if (plans.includes(PLAN) ? index % MISSING === 0 : index % OTHERS !== 0) continue
    for (const card of credentials)
      list.addByPage({ uid: writtenIn(card, 'hex')?.toLowerCase() ?? '', user: name.slice(0, 30) })
  }
  for (const uid of STRANGERS) list.addByPage({ uid, user: 'a former member' })
  return list
}

function keep(file: string, list: EspList): void {
  try {
    fs.writeFileSync(file, JSON.stringify(list.files()), { mode: 0o600 })
  } catch {
    // A disk that is full keeps no demo from ending: the box will be filled anew.
    fs.rmSync(file, { force: true })
  }
}

/** What it held when the demo ended; null where nobody knows. */
function kept(file: string | null): EspList | null {
  if (file === null) return null
  try {
    const list = createEspList()
    for (const text of JSON.parse(fs.readFileSync(file, 'utf8'))) list.add(String(JSON.parse(text).uid), String(text))
    return list
  } catch {
    return null
  }
}
