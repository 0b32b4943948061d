// What can be answered from the databases alone, where no desk runs.
import fs from 'node:fs'
import type { Args, CallName, Reply } from '../../preload/contract.ts'
import type { Outcome } from '../../preload/wire.ts'
import type { ReadDeps } from '../app/deps.ts'
import { databaseFile, openForReading } from '../store/open.ts'
import { OpenRefused } from '../store/refused.ts'
import { readClockOffset, readDeskId } from '../store/settings.ts'
import { answerCall, owner } from './dispatch.ts'

export type DeskClient = {
  running: boolean
  call<N extends CallName>(name: N, args: Args<N>): Promise<Outcome<Reply<N>>>
  close(): void
}

/** Throws OpenRefused where there is no data. */
export function openStoredDesk(dataDir: string, migrations: string, version: string): DeskClient {
  const desk = openForReading(dataDir, 'desk', migrations)
  const access = fs.existsSync(databaseFile(dataDir, 'access')) ? openForReading(dataDir, 'access', migrations) : null
  const deskId = readDeskId(desk)
  if (deskId === null)
    throw new OpenRefused(`There is no Latchkey data in ${dataDir} yet: start \`latchkey serve\` there first.`)
  const deps: ReadDeps = {
    version,
    desk,
    access,
    report: null,
    deskId,
    now: () => Date.now() + readClockOffset(desk),
    live: null,
  }
  return {
    running: false,
    call: (name, args) => answerCall(deps, owner(), name, args, () => undefined) as Promise<never>,
    close() {
      desk.close()
      access?.close()
    },
  }
}
