// How every door is, for whoever looks after them: is it there, what does it hold, what happened overnight.
import type { Reply } from '../../preload/contract.ts'
import type { DoorHealth, Parity } from '../../preload/shapes-devices.ts'
import { holdsCards, sayDevice } from '../domain/device-config.ts'
import { HOUR, SECOND, startOfLocalDay, toIso } from '../domain/time.ts'
import { countAtDoorSince, decisionsAtDoor } from '../store/access-log.ts'
import { doneAbout } from '../store/actions.ts'
import { cardsOnDevice, deviceDoor, differencesOf, listHash, parityOf, receiptsOf } from '../store/device-cards.ts'
import { deviceOfDoor, type StoredDevice } from '../store/devices.ts'
import { countKeyholders } from '../store/door-orders.ts'
import { doorById } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { whoseCards } from './device-people.ts'
import { feedRow } from './feed.ts'
import { doorStates } from './manage-doors.ts'

const SHOWN = 20
const LAST = 5
/** What happened since six in the evening before happened overnight. */
const EVENING = 18 * HOUR
/** One of them may lose their card, or be away. */
const KEYHOLDERS = 2

export async function doorHealth(deps: DeskDeps): Promise<Reply<'doors.health'>> {
  return Promise.all(
    doorStates(deps).map(async ({ id, name, driver, online, lastSeenAt }): Promise<DoorHealth> => {
      const device = deviceOfDoor(deps.desk, id)
      const state = deps.live.deviceState(id)
      const since = startOfLocalDay(deps.now(), readSettings(deps.desk).timeZone) - HOUR * 24 + EVENING
      const { access } = deps
      const trouble = state?.trouble ?? null
      const keyholders = countKeyholders(deps.desk, id)
      const fewKeyholders = keyholders < KEYHOLDERS
      const parity = access === null || device === null ? null : parityAt(deps, access, id, device)
      return {
        id,
        name,
        driver,
        online,
        lastSeenAt,
        device: device === null ? null : sayDevice(device.config),
        firmware: state?.firmware ?? null,
        clockOffSeconds: state?.clockOff === undefined ? null : Math.round(state.clockOff / SECOND),
        trouble,
        times: await deps.live.askDoors({ what: 'times', doorId: id }),
        keyholders,
        fewKeyholders,
        amiss: !online || trouble !== null || fewKeyholders || isBehind(parity),
        canOpen: device !== null && device.adoptedAt !== null,
        parity,
        triedAt: toIso(doneAbout(deps.desk, id, 'door-opened', deps.now())),
        overnight:
          access === null ? { came: 0, refused: 0, told: 0 } : countAtDoorSince(access, deps.deskId, id, since),
        lastEvents:
          access === null ? [] : decisionsAtDoor(access, deps.deskId, id, LAST).map((row) => feedRow(deps, row)),
      }
    }),
  )
}

function isBehind(parity: Parity | null): boolean {
  return parity !== null && (!parity.adopted || parity.toRemove > 0)
}

function parityAt(deps: ReadDeps, access: ReadDb, id: string, device: StoredDevice): Parity | null {
  const door = doorById(deps.desk, id)
  if (door === null || !holdsCards(device.config)) return null
  const { wanted, held, ...behind } = parityOf(access, id)
  const rows = cardsOnDevice(access, id)
  const adopted = device.adoptedAt !== null
  const { readAt, otherDesk } = deviceDoor(access, id)
  const whose = whoseCards(deps, door, device.config.driver)
  return {
    adopted,
    otherDesk,
    readAt: toIso(readAt),
    wanted: { cards: wanted, hash: listHash(rows, 'wanted') },
    held: { cards: held, hash: listHash(rows, 'held') },
    toRemove: adopted ? behind.toRemove : 0,
    toRemoveSince: adopted ? toIso(behind.toRemoveSince) : null,
    differing: adopted ? behind.differing : 0,
    differences: !adopted
      ? []
      : differencesOf(access, id, 'all', SHOWN).map((row) => ({
          ...whose(row.card),
          change:
            row.wanted === null ? ('remove' as const) : row.held === null ? ('add' as const) : ('change' as const),
          since: toIso(row.since ?? deps.now()),
        })),
    receipts: receiptsOf(access, id, SHOWN).map(({ card, since, landedAt }) => ({
      ...whose(card),
      since: toIso(since),
      landedAt: toIso(landedAt),
    })),
  }
}
