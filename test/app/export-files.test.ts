// Everything as files: people, memberships, late payments, and who came when.
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { replaceLatePayments } from '../../src/main/store/late-payments.ts'
import { addEmail, insertMember } from '../../src/main/store/members.ts'
import type { Args, CallName, Reply } from '../../src/preload/contract.ts'
import { openFresh } from '../store/folder.ts'
import { openAgreedDesk, value } from './agreed-desk.ts'

/** The Monday after the Sunday on which summer time ended. */
const NOW = '2026-10-26T09:00:00Z'

it('writes all people, memberships, late payments and visits into files that add up', async () => {
  const desk = openAgreedDesk('2026-01-01T09:00:00Z')
  const { deps } = desk
  const broken: unknown[] = []
  const ask = async <N extends CallName>(name: N, args: Args<N>): Promise<Reply<N>> =>
    value((await answerCall(deps, owner(), name, args, (line, error) => void broken.push(line, error))) as never)
  Object.assign(deps.live, {
    aside: (name: CallName, args: unknown) =>
      answerCall({ ...deps, live: null }, owner(), name, args, (line, error) => void broken.push(line, error)),
  })
  const table = ({ csv, rows, name }: Reply<'export.members'>): Record<string, string>[] => {
    const read = parse(csv, { columns: true }) as Record<string, string>[]
    expect([read.length, name]).toEqual([rows, expect.stringMatching(/-2026-10-26\.csv$/)])
    return read
  }
  const { db } = deps.live
  const at = (text: string) => Date.parse(text)
  insertMember(db, { id: 'fay', name: '=HYPERLINK("x"), "Fay"', phone: '+49 30 1', createdAt: 0 }, 'desk-1')
  addEmail(db, 'fay', 'fay@example.org', 0)
  addEmail(db, 'fay', 'Fay@work.example', 1)
  const agreed = (member: string, until: string) =>
    ask('memberships.addManual', {
      member,
      plan: 'full',
      from: '2026-01-01',
      until,
      method: 'invoice',
      amount: { minor: 4_500, currency: 'eur' },
    })
  await agreed('ada', '2026-12-31')
  await agreed('fay', '2026-09-30')
  const fays = (await ask('members.get', { id: 'fay' })).memberships[0]?.id ?? ''
  const late = { currency: 'jpy', returned: 0, method: 'card', code: 'expired_card', attempts: 3, nextAttemptAt: null }
  replaceLatePayments(db, 'acct_1', fays, [
    {
      ...late,
      invoiceId: 'in_1',
      amount: 6_500,
      dueAt: at('2026-05-01T00:00:00Z'),
      state: 'paid',
      paidAt: at('2026-05-09T00:00:00Z'),
    },
    { ...late, invoiceId: 'in_2', amount: 3_000, dueAt: at('2026-06-01T00:00:00Z'), state: 'given-up', paidAt: null },
  ])
  desk.setClock(NOW)

  const people = table(await ask('export.members', {}))
  expect(people.map(({ Name }) => Name)).toContain('\'=HYPERLINK("x"), "Fay"')
  expect(people.find(({ Member }) => Member === 'fay')).toMatchObject({
    Standing: 'lapsed',
    Plans: 'Full member',
    Emails: 'fay@example.org; Fay@work.example',
    Phone: '+49 30 1',
    Cards: '0',
  })
  expect(people.find(({ Member }) => Member === 'ada')).toMatchObject({ Standing: 'current', Cards: '1' })
  expect(
    table(await ask('export.memberships', {}))
      .map((row) => [row.Members, row.Kind, row.Standing, row.Covers, row['Paid until']])
      .toSorted(),
  ).toEqual([
    ['ada', 'manual', 'current', 'ada', '2026-12-31T23:00:00.000Z'],
    ['fay', 'manual', 'lapsed', '\'=HYPERLINK("x"), "Fay"', '2026-09-30T22:00:00.000Z'],
  ])
  const lines = table(await ask('export.latePayments', {}))
  expect(lines.map((row) => [row.Currency, row.Recovered, row['In recovery'], row.Lost, row.Reason])).toEqual([
    ['EUR', '0.00', '45.00', '0.00', 'the term that was agreed at the desk is over'],
    ['JPY', '6500', '0', '0', expect.stringContaining('expired')],
    ['JPY', '0', '0', '3000', expect.stringContaining('expired')],
  ])
  const { tiles } = await ask('report.lapsed', { currency: 'jpy' })
  expect([tiles.recovered.amount.minor, tiles.lost.amount.minor, tiles.failed.amount.minor]).toEqual([
    6_500, 3_000, 9_500,
  ])

  // Visits: of a day of 25 hours, of somebody at two doors, of one who is not to be named, of a refusal and of nobody.
  const access = openFresh('access')
  deps.access = access
  insertDoor(db, { id: 'side', name: 'Side door', driver: 'native', format: null, key: null, at: 0 })
  const swipe = (memberId: string | null, doorId: string, moment: string, granted = true) =>
    appendDecision(access, 'desk-1', {
      at: at(moment),
      doorId,
      presentationId: null,
      cardText: '',
      canonical: null,
      memberId,
      granted,
      reason: granted ? 'ok' : 'lapsed',
      detail: null,
      receipt: moment + doorId,
      rule: 'paid',
      inputs: {} as never,
      answer: {},
    })
  swipe('ada', 'front', '2026-10-23T10:00:00Z')
  swipe('ada', 'front', '2026-10-24T22:30:00Z')
  swipe('ada', 'side', '2026-10-25T22:30:00Z')
  swipe('ben', 'front', '2026-10-25T12:00:00Z')
  swipe('cat', 'front', '2026-10-25T13:00:00Z', false)
  swipe(null, 'front', '2026-10-25T14:00:00Z')
  swipe('ben', 'front', '2026-10-25T23:30:00Z')
  await ask('members.setHidden', { id: 'ben', hidden: true })
  const visits = table(await ask('export.visits', { days: 2 }))
  expect(visits.map((row) => [row.Day, row.Name, row.First, row.Last, row.Doors])).toEqual([
    ['2026-10-25', 'ada', '2026-10-24T22:30:00.000Z', '2026-10-25T22:30:00.000Z', 'Front door; Side door'],
    ['2026-10-25', 'Not named', '', '', ''],
    ['2026-10-26', 'Not named', '', '', ''],
  ])
  expect((await ask('export.visits', { days: 4 })).rows).toBe(4)
  expect(db.prepare("SELECT detail FROM action WHERE kind = 'visits-exported' ORDER BY seq").pluck().all()).toEqual([
    '{"days":2}',
    '{"days":4}',
  ])
  expect(broken).toEqual([])
})
