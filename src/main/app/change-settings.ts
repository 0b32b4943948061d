// The space's settings: name, time zone, how doors and grace behave.

import type { Args } from '../../preload/contract.ts'
import type { Settings } from '../../preload/shapes.ts'
import { companyRefusals } from '../domain/company-en.ts'
import { isTimeZone } from '../domain/time.ts'
import { doorById } from '../store/doors.ts'
import { reviewPauses } from '../store/first-seen.ts'
import { readSettings, writeSetting } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

export async function changeSettings(deps: DeskDeps, change: Args<'settings.set'>): Promise<Result<Settings>> {
  const { spaceName, timeZone, locale } = change
  if (spaceName !== undefined && spaceName.trim() === '') return refuse('bad-request', 'Give the space a name.')
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    return refuse(
      'bad-request',
      `"${timeZone}" is not a time zone that this computer knows: write it like Europe/Berlin or America/New_York.`,
    )
  }
  if (locale !== undefined && !isLocale(locale))
    return refuse('bad-request', `"${locale}" is not a language tag: write it like en-GB.`)
  if (change.website != null && !/^https?:\/\/\S+\.\S+$/.test(change.website.trim()))
    return refuse('bad-request', `"${change.website}" is not a web address: write it like https://example.org.`)
  const noDoor = change.provisional?.doors?.find((id) => doorById(deps.desk, id) === null)
  if (noDoor !== undefined) return refuse('not-found', companyRefusals.noDoor)
  const { db, sync } = deps.live
  const { pauseOpens } = change
  const whole =
    pauseOpens === undefined ? change : { ...change, pauseOpens: { ...readSettings(db).pauseOpens, ...pauseOpens } }
  db.transaction(() => {
    for (const [key, value] of Object.entries(whole)) {
      if (value !== undefined)
        writeSetting(db, key as keyof Settings, typeof value === 'string' ? value.trim() : value, deps.now())
    }
    recordAction(deps, 'settings-changed', 'space', change)
    // Deciding about pauses is the look at those that the first import found: from now on doors obey.
    const reviewed = pauseOpens === undefined ? 0 : reviewPauses(db, deps.now())
    if (reviewed > 0) recordAction(deps, 'pauses-reviewed', 'space', { count: reviewed })
  }).immediate()
  // Grace and what a pause opens are stored with each entitlement, so that a door need not calculate them.
  if (change.graceDays !== undefined || pauseOpens !== undefined) await sync.deriveAll()
  deps.live.push('settings', {})
  deps.live.pushLamps()
  return done(readSettings(db))
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0
  } catch {
    return false
  }
}
