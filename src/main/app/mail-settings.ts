// By which server the space sends its mail, and who of those who work here is told. The password is kept like Stripe's key.
import type { Args, Reply } from '../../preload/contract.ts'
import { isAddress, isHost, isThisComputer, type MailSettings, messageIdOf } from '../domain/mail.ts'
import { mailTested, mailRefusals as refusals, testMailText } from '../domain/mail-en.ts'
import { insertOutboxFact, openOutbox } from '../store/outbox.ts'
import { readMailSettings, readSettings, writeSetting } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfPeople } from './tell-of-people.ts'

export function mailState(deps: DeskDeps): Reply<'mail.get'> {
  return { settings: readMailSettings(deps.desk), hasPassword: deps.live.mail.password() !== null, demo: isDemo(deps) }
}

const isDemo = (deps: DeskDeps) => deps.live.demo !== null

export function setMail(deps: DeskDeps, asked: Args<'mail.set'>): Result<Reply<'mail.get'>> {
  const { db, mail } = deps.live
  if (isDemo(deps)) return refuse('wrong-state', refusals.demo)
  const before = readMailSettings(db)
  const settings = trimmed(asked, readSettings(db).spaceName)
  const { host, security, user, senderAddress, staff } = settings
  if (!isHost(host)) return refuse('bad-request', refusals.host(host))
  if (!isAddress(senderAddress)) return refuse('bad-request', refusals.sender(senderAddress))
  const bad = staff.find((address) => !isAddress(address))
  if (bad !== undefined) return refuse('bad-request', refusals.staff(bad))
  if (user !== null && security === 'none' && !isThisComputer(host)) return refuse('bad-request', refusals.inTheClear)
  const password = asked.password ?? ''
  // One that was given for one server is not shown to another.
  const same = before !== null && before.host === host && before.user === user
  if (user !== null && password === '' && mail.password() === null) return refuse('bad-request', refusals.noPassword)
  if (user !== null && password === '' && !same) return refuse('bad-request', refusals.otherPassword)
  if (user === null ? mail.password() !== null : password !== '') {
    try {
      mail.keepPassword(user === null ? '' : password)
    } catch {
      return refuse('wrong-state', refusals.cannotKeep)
    }
  }
  db.transaction(() => {
    writeSetting(db, 'mail', settings, deps.now())
    recordAction(deps, 'mail-set', 'mail', { ...settings, passwordChanged: password !== '' })
    // What failed by the former settings is tried by these.
    for (const { id, facts } of openOutbox(db)) if (facts.at(-1)?.kind === 'failed') addFact(deps, id, 'again')
  }).immediate()
  mail.wake()
  tellOfPeople(deps)
  return done(mailState(deps))
}

/** Nothing is sent any more, nor later what waits now. */
export function switchMailOff(deps: DeskDeps): Result<Reply<'mail.get'>> {
  const { db, mail } = deps.live
  if (readMailSettings(db) === null) return refuse('wrong-state', refusals.isOff)
  db.transaction(() => {
    writeSetting(db, 'mail', null, deps.now())
    for (const { id } of openOutbox(db)) addFact(deps, id, 'put-aside')
    recordAction(deps, 'mail-off', 'mail')
  }).immediate()
  try {
    mail.keepPassword('')
  } catch {
    return refuse('wrong-state', refusals.cannotKeep)
  }
  mail.wake()
  tellOfPeople(deps)
  return done(mailState(deps))
}

/** Sent at once, beside the outbox. */
export async function testMail(deps: DeskDeps, { to }: Args<'mail.test'>): Promise<Result<Reply<'mail.test'>>> {
  const { db, mail, newId } = deps.live
  if (isDemo(deps)) return refuse('wrong-state', refusals.demo)
  const settings = readMailSettings(db)
  if (settings === null) return refuse('wrong-state', refusals.notSetUp)
  const address = to?.trim() || settings.senderAddress
  if (!isAddress(address)) return refuse('bad-request', refusals.to(address))
  db.transaction(() => recordAction(deps, 'mail-tested', 'mail', { to: address })).immediate()
  const { spaceName, locale, timeZone } = readSettings(db)
  const came = await mail.send({
    ...testMailText({ space: spaceName, locale, zone: timeZone }),
    to: { name: null, address },
    messageId: messageIdOf(newId(), settings.senderAddress),
  })
  if (came === null) return refuse('wrong-state', refusals.notSetUp)
  if (came.outcome === 'sent') return done({ sent: true, sentence: mailTested.sent(address), detail: came.detail })
  const sentence = came.outcome === 'unclear' ? mailTested.unclear(address) : mailTested.failed(came.why)
  return done({ sent: false, sentence, detail: came.detail })
}

function trimmed({ password: _, ...asked }: Args<'mail.set'>, spaceName: string): MailSettings {
  return {
    ...asked,
    host: asked.host.trim(),
    user: asked.user?.trim() || null,
    senderName: asked.senderName.trim() || spaceName,
    senderAddress: asked.senderAddress.trim(),
    staff: [...new Set(asked.staff.map((address) => address.trim()).filter((address) => address !== ''))],
  }
}

function addFact(deps: DeskDeps, outboxId: string, kind: 'again' | 'put-aside'): void {
  const { db, newId, operator } = deps.live
  insertOutboxFact(db, { id: newId(), outboxId, kind, at: deps.now(), origin: deps.deskId, operator })
}
