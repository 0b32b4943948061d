// The enrolment dialog: whom the next card is for, and what the desk says of it.
import { create } from 'zustand'
import type { Refusal } from '../../preload/contract.ts'
import type { CardRow, Enrolment } from '../../preload/shapes.ts'
import { call } from './link.ts'
import { renew } from './readings.ts'

export type Person = { id: string; name: string }

type EnrolFacts = {
  open: boolean
  member: Person | null
  /** The card that a door has read, where the dialog was opened from there. */
  doorCard: string | null
  enrolment: Enrolment | null
  /** Why presenting could not begin. */
  refusal: Refusal | null
  /** A number typed in: done, or why not. */
  added: CardRow | null
  addRefusal: Refusal | null
  busy: boolean
}

const CLOSED: EnrolFacts = {
  open: false,
  member: null,
  doorCard: null,
  enrolment: null,
  refusal: null,
  added: null,
  addRefusal: null,
  busy: false,
}

export const useEnrol = create<EnrolFacts>(() => CLOSED)

export function openEnrol(member: Person | null, doorCard: string | null = null): void {
  useEnrol.setState({ ...CLOSED, open: true, member, doorCard })
  if (member !== null) void present(member)
}

export function chooseMember(member: Person): void {
  useEnrol.setState({ member })
  void present(member)
}

/** Begins, or begins again after a time-out or a refusal. */
export async function present(member: Person): Promise<void> {
  useEnrol.setState({ enrolment: null, refusal: null })
  const outcome = await call('enrol.begin', { member: member.id })
  const { open, member: wanted, added } = useEnrol.getState()
  if (!outcome.ok) {
    if (open) useEnrol.setState({ refusal: outcome.refusal })
    return
  }
  if (!open || wanted?.id !== member.id || added !== null) return cancel(outcome.value)
  useEnrol.setState({ enrolment: outcome.value })
}

export function holdEnrolment(enrolment: Enrolment): void {
  if (useEnrol.getState().enrolment?.id !== enrolment.id) return
  useEnrol.setState({ enrolment })
  if (enrolment.state === 'done') renewCards()
}

/** After a lost connection nobody has told how the waiting one went: it is ended, and begun anew. */
export async function resumeEnrolment(): Promise<void> {
  const { enrolment, member } = useEnrol.getState()
  if (enrolment?.state !== 'waiting' || member === null) return
  useEnrol.setState({ enrolment: null })
  await call('enrol.cancel', { id: enrolment.id })
  const { open, member: wanted, enrolment: newer } = useEnrol.getState()
  if (open && newer === null && wanted?.id === member.id) await present(member)
}

export async function addByNumber(card: string, form?: string): Promise<void> {
  const { member } = useEnrol.getState()
  if (member === null) return
  useEnrol.setState({ busy: true, addRefusal: null })
  const outcome = await call('cards.add', { member: member.id, card, ...(form === undefined ? {} : { form }) })
  useEnrol.setState({ busy: false })
  if (!outcome.ok) return useEnrol.setState({ addRefusal: outcome.refusal })
  const { enrolment } = useEnrol.getState()
  useEnrol.setState({ added: outcome.value })
  if (enrolment !== null) cancel(enrolment)
  renewCards()
}

export function closeEnrol(): void {
  const { enrolment } = useEnrol.getState()
  useEnrol.setState(CLOSED)
  if (enrolment !== null) cancel(enrolment)
}

function cancel({ id, state }: Enrolment): void {
  if (state === 'waiting') void call('enrol.cancel', { id })
}

function renewCards(): void {
  renew('cards.list', 'members.get', 'members.list', 'desk.todo')
}
