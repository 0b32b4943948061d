// One person more or fewer where each is paid for: what it costs first.
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { changeWords as words } from '../../messages/changes-en.ts'
import { useDeed } from '../../state/deed.ts'
import { renew, useReading } from '../../state/readings.ts'
import { Bill, useFreshBill } from './change-bill.tsx'
import { CHANGED } from './change-forms.tsx'

type Props = {
  id: string
  /** How many are paid for then. */
  seats: number
  person: { id: string; name: string }
  comes: boolean
  onClose: () => void
}

export function ChangeSeats({ id, seats, person, comes, onClose }: Props) {
  const bill = useReading('changes.previewSeats', { id, seats })
  useFreshBill()
  const deed = useDeed()

  async function change(): Promise<void> {
    if (bill.value === null) return
    const { due, asOf } = bill.value
    const who = comes ? { cover: person.id } : { uncover: person.id }
    const outcome = await deed.run('changes.seats', { id, seats, ...who, due, asOf }, ...CHANGED)
    if (outcome.ok) onClose()
    else renew('changes.previewSeats')
  }
  async function takeOff(): Promise<void> {
    const outcome = await deed.run('memberships.uncover', { id, member: person.id }, ...CHANGED)
    if (outcome.ok) onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={comes ? words.seatMore(person.name) : words.seatFewer(person.name)}
      about={comes ? words.seatMoreAbout(seats) : words.seatFewerAbout}
    >
      <Form onSubmit={change}>
        <Bill reading={bill} />
        <RefusalLine refusal={deed.refusal} />
        <div className="flex flex-wrap gap-2">
          <Button rank="primary" type="submit" disabled={deed.busy || bill.value === null}>
            {comes ? words.coverIt : words.payFewer}
          </Button>
          {!comes && (
            <Button disabled={deed.busy} onClick={() => void takeOff()}>
              {words.keepSeat}
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  )
}
