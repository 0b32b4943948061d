// The contract's calls, each mapped to its use case; nothing is decided here. Permissions are checked in host/dispatch.

import { toIso } from '../domain/time.ts'
import { readSettings } from '../store/settings.ts'
import { changeSettings } from './change-settings.ts'
import { doorAlarms, seeDoorAlarm } from './door-alarms.ts'
import { explain } from './explain.ts'
import { recentFeed, whyOf } from './feed.ts'
import type { Handlers } from './handler-type.ts'
import { accessHandlers } from './handlers-access.ts'
import { cardDoctorHandlers } from './handlers-card-doctor.ts'
import { cardHandlers } from './handlers-cards.ts'
import { cashHandlers } from './handlers-cash.ts'
import { changeHandlers } from './handlers-changes.ts'
import { companyHandlers } from './handlers-company.ts'
import { demoHandlers } from './handlers-demo.ts'
import { detailHandlers } from './handlers-details.ts'
import { deviceHandlers } from './handlers-devices.ts'
import { fileHandlers } from './handlers-files.ts'
import { lateActionHandlers } from './handlers-late-actions.ts'
import { mailHandlers } from './handlers-mail.ts'
import { membershipHandlers } from './handlers-memberships.ts'
import { moneyHandlers } from './handlers-money.ts'
import { numberHandlers } from './handlers-numbers.ts'
import { outageHandlers } from './handlers-outage.ts'
import { payReaderHandlers } from './handlers-pay-readers.ts'
import { peopleHandlers } from './handlers-people.ts'
import { photoHandlers } from './handlers-photos.ts'
import { planHandlers } from './handlers-plans.ts'
import { readerHandlers } from './handlers-readers.ts'
import { reportHandlers } from './handlers-report.ts'
import { reportMailHandlers } from './handlers-report-mail.ts'
import { signUpHandlers } from './handlers-sign-up.ts'
import { upkeepHandlers } from './handlers-upkeep.ts'
import { whatIfHandlers } from './handlers-what-if.ts'
import { worklistHandlers } from './handlers-worklists.ts'
import { currencyHere } from './late-lines.ts'
import { addDoor, dropDoor, listDoors, rekeyDoor } from './manage-doors.ts'
import { memberPanel } from './member-panel.ts'
import { findMembers, listMembers } from './member-views.ts'
import { backToNormal, bar, giveKeys, holdOpen, liftBar, lockDown } from './order-doors.ts'
import { listPlans } from './plan-members.ts'
import { done } from './result.ts'
import { signOut } from './sign-out.ts'
import { lamps, status, todo, verifyAudit } from './status.ts'
import { setStripeKey } from './stripe-key.ts'
import { syncNow } from './sync-now.ts'
import { readWhoIsIn } from './who-is-in.ts'

export const handlers = {
  ...peopleHandlers,
  ...membershipHandlers,
  ...cardHandlers,
  ...cardDoctorHandlers,
  ...accessHandlers,
  ...deviceHandlers,
  ...readerHandlers,
  ...companyHandlers,
  ...upkeepHandlers,
  ...outageHandlers,
  ...photoHandlers,
  ...mailHandlers,
  ...signUpHandlers,
  ...moneyHandlers,
  ...reportHandlers,
  ...reportMailHandlers,
  ...fileHandlers,
  ...numberHandlers,
  ...whatIfHandlers,
  ...worklistHandlers,
  ...lateActionHandlers,
  ...cashHandlers,
  ...payReaderHandlers,
  ...planHandlers,
  ...changeHandlers,
  ...detailHandlers,
  ...demoHandlers,
  'desk.get': (deps) => {
    const { spaceName, timeZone, locale } = readSettings(deps.desk)
    const operator = { name: deps.live.operator, role: 'owner' as const }
    return done({
      version: deps.version,
      demo: deps.live.demo !== null,
      spaceName,
      timeZone,
      locale,
      currency: currencyHere(deps),
      operator,
      now: toIso(deps.now()),
    })
  },
  'desk.status': (deps) => done(status(deps)),
  'desk.lamps': (deps) => done(lamps(deps)),
  'desk.signInLink': (deps) => done({ url: deps.live.signIns.link() }),
  'desk.signOut': (deps) => signOut(deps),
  'desk.todo': (deps) => done(todo(deps)),
  'members.list': (deps, args) => done(listMembers(deps, args)),
  'members.search': (deps, { text }) => done(findMembers(deps, text)),
  'members.get': (deps, { id }) => memberPanel(deps, id),
  'sync.run': (deps, args) => syncNow(deps, args),
  'secret.state': (deps) => done(deps.live.secrets.state()),
  'secret.setStripe': (deps, { key }) => setStripeKey(deps, key),
  'doors.list': (deps) => done(listDoors(deps)),
  'doors.add': (deps, args) => addDoor(deps, args),
  'doors.remove': (deps, { id }) => dropDoor(deps, id),
  'doors.rekey': (deps, { id }) => rekeyDoor(deps, id),
  'doors.lockdown': (deps, args) => lockDown(deps, args),
  'doors.holdOpen': (deps, args) => holdOpen(deps, args),
  'doors.normal': (deps, args) => backToNormal(deps, args),
  'members.setKeys': (deps, args) => giveKeys(deps, args),
  'members.bar': (deps, args) => bar(deps, args),
  'members.liftBar': (deps, args) => liftBar(deps, args),
  'doors.alarms': (deps) => done(doorAlarms(deps)),
  'doors.seen': (deps, args) => seeDoorAlarm(deps, args),
  'plans.list': (deps) => done(listPlans(deps)),
  'feed.recent': (deps, { limit }) => done(recentFeed(deps, limit)),
  'feed.why': (deps, { seq }) => whyOf(deps, seq),
  'feed.today': (deps) => done(readWhoIsIn(deps)),
  'decisions.explain': (deps, args) => explain(deps, args),
  'audit.verify': (deps) => done(verifyAudit(deps)),
  'settings.get': (deps) => done(readSettings(deps.desk)),
  'settings.set': (deps, change) => changeSettings(deps, change),
} satisfies Handlers
