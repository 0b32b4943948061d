// A group of doors: its name, its doors, and which plans open them.
import { useState } from 'react'
import type { Group } from '../../../preload/shapes-access.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { accessWords as words } from '../../messages/access-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { PlanChoice } from './plan-choice.tsx'

/** `group` null: a new one. */
export function GroupForm({ group, onClose }: { group: Group | null; onClose: () => void }) {
  const doors = useReading('doors.list', {}).value ?? []
  const [name, setName] = useState(group?.name ?? '')
  const [chosenDoors, setDoors] = useState<readonly string[]>(group?.doors ?? [])
  const [every, setEvery] = useState(group !== null && group.plans === null)
  const [plans, setPlans] = useState(group?.plans ?? [])
  const deed = useDeed()

  async function save(): Promise<void> {
    const args = {
      name,
      doors: [...chosenDoors],
      plans: every ? null : plans,
      ...(group === null ? {} : { id: group.id }),
    }
    const outcome = await deed.run('groups.save', args, 'groups.list', 'doors.list', 'hours.list', 'members.get')
    if (outcome.ok) onClose()
  }

  return (
    <Dialog open onClose={onClose} title={group?.name ?? words.groupTitle} about={words.groupDialogAbout}>
      <Form onSubmit={save}>
        <TextField
          label={words.groupName}
          placeholder={words.groupNameHint}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className="-mx-2">
          <legend className="px-2 pb-1 text-13 font-medium text-ink-2">{words.groupDoors}</legend>
          {doors.map((door) => (
            <CheckLine
              key={door.id}
              type="checkbox"
              checked={chosenDoors.includes(door.id)}
              onChange={({ target }) =>
                setDoors(target.checked ? [...chosenDoors, door.id] : chosenDoors.filter((id) => id !== door.id))
              }
              label={door.name}
            />
          ))}
        </fieldset>
        <div>
          <p aria-hidden="true" className="pb-1 text-13 font-medium text-ink-2">
            {words.groupOpensFor}
          </p>
          <PlanChoice
            label={words.groupOpensFor}
            every={every}
            chosen={plans}
            onChange={(nextEvery, next) => {
              setEvery(nextEvery)
              setPlans([...next])
            }}
          />
        </div>
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {commonWords.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
