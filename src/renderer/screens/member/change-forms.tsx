// An end, a pause, and each of them taken back: what it means in the desk's words, why, and the button.
import { type ReactNode, useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { changeWords as words } from '../../messages/changes-en.ts'
import { type Deed, useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'

export const CHANGED = ['members.get', 'members.list', 'inbox.list', 'desk.status', 'changes.meaning'] as const

export type ChangeProps = {
  membership: MemberPanel['memberships'][number]
  /** With the sentence of what was done. */
  onDone: (says: string) => void
  onClose: () => void
}

type Asked = Awaited<ReturnType<typeof ask>>
const ask = (deed: Deed, name: 'changes.keep' | 'changes.resume', id: string) => deed.run(name, { id }, ...CHANGED)

type ShellProps = Pick<ChangeProps, 'onDone' | 'onClose'> & {
  title: string
  about: string
  doIt: string
  danger?: boolean
  deed: Deed
  onDo: () => Promise<Asked>
  children?: ReactNode
}

function Shell({ title, about, doIt, danger = false, deed, onDo, onDone, onClose, children }: ShellProps) {
  async function submit(): Promise<void> {
    const outcome = await onDo()
    if (outcome.ok) onDone(outcome.value.says)
  }
  return (
    <Dialog open onClose={onClose} title={title} about={about}>
      <Form onSubmit={submit}>
        {children}
        <RefusalLine refusal={deed.refusal} />
        <Button rank={danger ? 'danger' : 'primary'} type="submit" disabled={deed.busy} className="self-start">
          {doIt}
        </Button>
      </Form>
    </Dialog>
  )
}

function Why({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextField
      label={words.why}
      help={words.whyHelp}
      required
      maxLength={500}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

export function CancelForm({ membership: { id, plan }, now, ...ends }: ChangeProps & { now: boolean }) {
  const { value: meaning } = useReading('changes.meaning', { id })
  const [reason, setReason] = useState('')
  const deed = useDeed()
  const name = now ? ('changes.cancelNow' as const) : ('changes.cancel' as const)
  return (
    <Shell
      {...ends}
      title={now ? words.nowTitle(plan) : words.cancelTitle(plan)}
      about={(now ? meaning?.cancelNow : meaning?.cancel) ?? ''}
      doIt={now ? words.endNow : words.cancel}
      danger={now}
      deed={deed}
      onDo={() => deed.run(name, { id, reason }, ...CHANGED)}
    >
      <Why value={reason} onChange={setReason} />
    </Shell>
  )
}

const WAYS = ['collection', 'requested'] as const

export function PauseForm({ membership: { id, plan }, ...ends }: ChangeProps) {
  const { value: meaning } = useReading('changes.meaning', { id })
  const [way, setWay] = useState<(typeof WAYS)[number]>('collection')
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const deed = useDeed()
  const day = way === 'requested' || until === '' ? {} : { until }
  return (
    <Shell
      {...ends}
      title={words.pauseTitle(plan)}
      about={words.pauseAbout}
      doIt={words.pause}
      deed={deed}
      onDo={() => deed.run('changes.pause', { id, way, reason, ...day }, ...CHANGED)}
    >
      <fieldset className="-mx-2 flex flex-col">
        <legend className="mb-1 px-2 text-13 font-medium text-ink-2">{words.way}</legend>
        {WAYS.map((one) => (
          <CheckLine
            key={one}
            type="radio"
            name={`way-${id}`}
            checked={way === one}
            onChange={() => setWay(one)}
            label={words[one]}
            help={meaning?.pause[one]}
          />
        ))}
      </fieldset>
      {way === 'collection' && (
        <TextField
          label={words.until}
          help={words.untilHelp}
          type="date"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      )}
      <Why value={reason} onChange={setReason} />
    </Shell>
  )
}

export function ResumeForm({ membership: { id, plan }, ...ends }: ChangeProps) {
  const deed = useDeed()
  return (
    <Shell
      {...ends}
      title={words.resumeTitle(plan)}
      about={words.resumeAbout}
      doIt={words.resume}
      deed={deed}
      onDo={() => ask(deed, 'changes.resume', id)}
    />
  )
}

export function KeepForm({ membership: { id, plan }, ...ends }: ChangeProps) {
  const deed = useDeed()
  return (
    <Shell
      {...ends}
      title={words.keepTitle(plan)}
      about={words.keepAbout}
      doIt={words.keep}
      deed={deed}
      onDo={() => ask(deed, 'changes.keep', id)}
    />
  )
}
