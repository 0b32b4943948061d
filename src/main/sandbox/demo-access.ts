// What the demo's manager has said of its doors: which plans open the workshop, in which hours, and what there is besides.
import type { Args, CallName, Reply } from '../../preload/contract.ts'
import type { Outcome } from '../../preload/wire.ts'
import { DAY, toIso } from '../domain/time.ts'
import { SAMPLE } from './people.ts'

export type Call = <N extends CallName>(name: N, args: Args<N>) => Promise<Outcome<Reply<N>>>

const NIGHTS = [
  { days: [1, 2, 3, 4, 5], from: '18:00', to: '06:00' },
  { days: [6, 7], from: '00:00', to: '00:00' },
]
const EVENINGS = [
  { days: [2, 4], from: '18:00', to: '22:00' },
  { days: [6], from: '12:00', to: '18:00' },
]

/** `year` is the present one. */
export async function setUpAccess(call: Call, year: number): Promise<void> {
  const plans = await call('plans.list', {})
  if (!plans.ok) return
  const idOf = (name: string) => plans.value.find((plan) => plan.name === name)?.id
  const hours = async (name: string, windows: Args<'hours.save'>['windows']) => {
    const saved = await call('hours.save', { name, windows })
    return saved.ok ? saved.value.id : null
  }
  const nights = await hours('Nights and weekends', NIGHTS)
  const evenings = await hours('Open evenings', EVENINGS)
  const night = idOf('Night & weekend')
  if (night !== undefined) await call('plans.save', { id: night, hours: nights })
  const access = (name: string, within: string | null) => {
    const plan = idOf(name)
    return plan === undefined ? [] : [{ plan, hours: within }]
  }
  await call('doors.setPlans', {
    id: 'workshop',
    plans: [...access('Full member', null), ...access('Annual supporter', evenings)],
  })
  await call('groups.save', { name: 'Machines', doors: ['workshop'], plans: access('Studio resident', null) })
  await call('inductions.save', { name: 'Laser cutter' })
  await call('holidays.set', {
    holidays: [
      { day: `${year}-12-25`, name: 'Christmas' },
      { day: `${year + 1}-01-01`, name: 'New Year' },
    ],
  })
}

/** A door for the people of one plan alone. */
export async function openForPlan(call: Call, door: string, name: string): Promise<void> {
  const plans = await call('plans.list', {})
  const plan = plans.ok ? plans.value.find((one) => one.name === name) : undefined
  if (plan !== undefined) await call('doors.setPlans', { id: door, plans: [{ plan: plan.id, hours: null }] })
}

/** Something that the space puts on, somebody who comes along with a member, and somebody who was shown the first machine. */
export async function setUpCompany(call: Call, rows: Reply<'members.list'>['rows'], now: number): Promise<void> {
  const day = (ahead: number) => toIso(now + ahead * DAY).slice(0, 10)
  const evening = { name: 'Open evening', from: `${day(2)}T18:00`, until: `${day(2)}T22:00` }
  await call('events.save', { ...evening, doors: ['front'], members: null, heads: 40 })
  const played: string[] = Object.values(SAMPLE).map(({ name }) => name)
  const someone = (standing: string) => rows.find((row) => row.standing === standing && !played.includes(row.name))
  const [host, guest] = [someone('current'), someone('ended')]
  if (host && guest) await call('guests.invite', { host: host.id, guest: guest.id, until: day(3) })
  const inductions = await call('inductions.list', {})
  const [first] = inductions.ok ? inductions.value : []
  if (host && first) await call('inductions.give', { member: host.id, induction: first.id, until: null })
}
