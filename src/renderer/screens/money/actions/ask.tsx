// What the simple actions ask in: one form with one button; and fields that several of them have.
import type { ReactNode } from 'react'
import type { Acted } from '../../../../preload/shapes-late.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { TextField } from '../../../components/field.tsx'
import { Form } from '../../../components/form.tsx'
import { RefusalLine } from '../../../components/notice.tsx'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import type { Deed } from '../../../state/deed.ts'
import type { ActionProps } from './dialog-props.ts'

export const WEEK_MS = 7 * 86_400_000

export const linesOf = (rows: ActionProps['rows']): string[] => rows.map(({ id }) => id)
export const peopleIn = (acted: Acted): string[] => acted.done.map(({ member }) => member.id)

type AskProps = {
  title: string
  about: string
  doIt: string
  danger?: boolean
  deed: Deed
  onSubmit: () => Promise<void>
  onClose: () => void
  children?: ReactNode
  beside?: ReactNode
}

export function Ask({ title, about, doIt, danger, deed, onSubmit, onClose, children, beside }: AskProps) {
  return (
    <Dialog open onClose={onClose} title={title} about={about}>
      <Form onSubmit={onSubmit}>
        {children}
        <RefusalLine refusal={deed.refusal} />
        <div className="flex flex-wrap gap-2">
          <Button rank={danger ? 'danger' : 'primary'} type="submit" disabled={deed.busy}>
            {doIt}
          </Button>
          {beside}
        </div>
      </Form>
    </Dialog>
  )
}

type FieldProps = { value: string; onChange: (value: string) => void }

export function Day({ value, onChange }: FieldProps) {
  return (
    <TextField
      label={words.untilDay}
      type="date"
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

export function Why({ value, onChange }: FieldProps) {
  return (
    <TextField
      label={words.why}
      help={words.whyHelp}
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
