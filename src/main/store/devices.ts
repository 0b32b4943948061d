// Devices at doors that speak a language of their own: how each is reached, and whether a manager has taken it over.
import type { DeviceConfig } from '../domain/device-config.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** What to do with people who have hours, where a device keeps none: days alone, or not on it at all. */
export type WithoutHours = 'days-only' | 'leave-off'

export type StoredDevice = {
  doorId: string
  config: DeviceConfig
  /** Null: it is only looked at. */
  adoptedAt: Ms | null
  /** Another desk that may be put aside. */
  replaces: string | null
  hours: WithoutHours | null
}

type Row = Omit<StoredDevice, 'config'> & { config: string }

const SELECT = `SELECT v.door_id AS doorId, v.config, v.adopted_at AS adoptedAt, v.replaces, v.hours
  FROM door_device v JOIN door d ON d.id = v.door_id WHERE d.removed_at IS NULL`

const fromRow = (row: Row): StoredDevice => ({ ...row, config: JSON.parse(row.config) as DeviceConfig })

export function allDevices(db: ReadDb): StoredDevice[] {
  return sql<Row>(db, `${SELECT} ORDER BY v.door_id`).all().map(fromRow)
}

export function deviceOfDoor(db: ReadDb, doorId: string): StoredDevice | null {
  const row = sql<Row>(db, `${SELECT} AND v.door_id = ?`).get(doorId)
  return row ? fromRow(row) : null
}

export function writeDevice(db: WriteDb, device: StoredDevice): void {
  sql(db, 'INSERT OR REPLACE INTO door_device VALUES (@doorId, @config, @adoptedAt, @replaces, @hours)').run({
    ...device,
    config: JSON.stringify(device.config),
  })
}
