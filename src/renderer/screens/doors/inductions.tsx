// Inductions that there are, below the doors that ask for them.
import { useState } from 'react'
import type { Induction } from '../../../preload/shapes-access.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { KeptLine, KeptList } from '../../components/kept-line.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { accessWords as words } from '../../messages/access-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'

const CHANGED = ['inductions.list', 'doors.list', 'members.get'] as const

export function Inductions() {
  const inductions = useReading('inductions.list', {}).value
  if (inductions === null) return null
  return (
    <Section title={words.inductionList} about={words.inductionListAbout}>
      <div className="flex flex-col gap-4">
        {inductions.length === 0 ? (
          <p className="text-14 text-ink-3">{words.noInductions}</p>
        ) : (
          <KeptList>
            {inductions.map((induction) => (
              <InductionLine key={induction.id} induction={induction} />
            ))}
          </KeptList>
        )}
        <NameForm label={words.inductionName} button={words.addInduction} />
      </div>
    </Section>
  )
}

function InductionLine({ induction }: { induction: Induction }) {
  const { id, name, doors } = induction
  const [renaming, setRenaming] = useState(false)
  const deed = useDeed()
  if (renaming)
    return (
      <li className="px-4 py-2.5">
        <NameForm
          label={words.renameInduction(name)}
          button={commonWords.save}
          induction={induction}
          onDone={() => setRenaming(false)}
        />
      </li>
    )
  return (
    <KeptLine
      name={name}
      deed={deed}
      change={{ word: words.rename, label: words.renameInduction(name), onDo: () => setRenaming(true) }}
      remove={{
        word: words.remove,
        label: words.removeInduction(name),
        ask: words.removeInductionAsk(name),
        onDo: () => void deed.run('inductions.remove', { id }, ...CHANGED),
      }}
    >
      <p className="text-13 text-ink-3">{doors.length === 0 ? words.askedByNone : words.askedBy(doors)}</p>
    </KeptLine>
  )
}

type FormProps = { label: string; button: string; induction?: Induction; onDone?: () => void }

/** Without an induction a new one. */
function NameForm({ label, button, induction, onDone }: FormProps) {
  const [name, setName] = useState(induction?.name ?? '')
  const deed = useDeed()
  async function save(): Promise<void> {
    const args = induction === undefined ? { name } : { id: induction.id, name }
    const outcome = await deed.run('inductions.save', args, ...CHANGED)
    if (!outcome.ok) return
    setName('')
    onDone?.()
  }
  return (
    <Form className="flex flex-col gap-2" onSubmit={save}>
      <div className="flex items-start gap-2">
        <TextField
          label={label}
          placeholder={words.inductionHint}
          required
          className="flex-1"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={deed.busy} className="mt-6.5">
          {button}
        </Button>
        {onDone !== undefined && (
          <Button onClick={onDone} className="mt-6.5">
            {commonWords.cancel}
          </Button>
        )}
      </div>
      <RefusalLine refusal={deed.refusal} />
    </Form>
  )
}
