// The demo's store room: a relay at the door, and a reader at the desk that belongs to it.
import { randomBytes } from 'node:crypto'
import { presentToReader } from '../../../hardware/sim/reader.ts'
import { startShelly } from '../../../hardware/sim/shelly.ts'
import { askDesk, type DemoDeps, type DemoDoor, seesNothing, within } from './demo-door.ts'

export const STORE = { id: 'store', name: 'Store room' }
const READER = 'sim:store'

export async function startDemoRelay({ call, fresh }: DemoDeps): Promise<DemoDoor> {
  const password = randomBytes(12).toString('hex')
  const relay = await startShelly({ password, random: randomBytes })
  const url = `http://admin:${password}@127.0.0.1:${relay.port}`
  if (fresh) {
    await call('doors.add', { ...STORE, driver: 'relay', url })
    await call('readers.add', { port: READER, profile: 'simulated', door: STORE.id })
  } else await call('doors.setDevice', { id: STORE.id, url })
  let isCut = false
  return {
    name: STORE.name,
    holdsList: false,
    async swipe(card) {
      // The desk would decide and write it down, and nobody would come in by it.
      if (isCut) return { why: 'its relay is cut off, and it stays shut until that is plugged in again' }
      let isShown = false
      const reason = await askDesk(call, STORE.id, () => {
        isShown = presentToReader(READER, card)
      })
      if (!isShown) return { why: `there is no reader at ${READER} any more` }
      if (reason === null)
        return { why: 'nobody answered, for a card that is shown while the desk waits for one is taken for that' }
      const grant = reason.startsWith('ok')
      const isOpen = !grant || (await within(() => relay.isOn() || null))
      return isOpen ? { grant, reason, receipt: null, offline: false } : { why: 'its relay was not reached' }
    },
    async cut(pulled) {
      isCut = pulled
      relay.cutOff(pulled)
    },
    isCut: () => isCut,
    waiting: () => 0,
    tell: async () => seesNothing,
    close: () => relay.close(),
  }
}
