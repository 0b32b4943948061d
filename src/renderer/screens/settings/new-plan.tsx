// A plan behind no product of Stripe's, such as a pass that is sold once.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { commonWords } from '../../messages/frame-en.ts'
import { planWords as words } from '../../messages/plans-en.ts'
import { useDeed } from '../../state/deed.ts'

export function NewPlan() {
  const [name, setName] = useState<string | null>(null)
  const deed = useDeed()
  const close = () => {
    setName(null)
    deed.clear()
  }

  async function make(): Promise<void> {
    const outcome = await deed.run('plans.add', { name: name ?? '' }, 'plans.list', 'signUps.plans', 'plans.lint')
    if (outcome.ok) close()
  }

  return (
    <>
      <Button onClick={() => setName('')}>{words.newPlan}</Button>
      <Dialog open={name !== null} onClose={close} title={words.newPlan} about={words.newPlanAbout}>
        <Form onSubmit={make}>
          <TextField
            label={words.newPlanName}
            required
            value={name ?? ''}
            onChange={(event) => setName(event.target.value)}
          />
          <RefusalLine refusal={deed.refusal} />
          <div className="flex justify-end gap-2">
            <Button onClick={close}>{commonWords.cancel}</Button>
            <Button rank="primary" type="submit" disabled={deed.busy}>
              {words.make}
            </Button>
          </div>
        </Form>
      </Dialog>
    </>
  )
}
