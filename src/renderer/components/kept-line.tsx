// One thing of a list that is kept: its name, what there is to say of it, and buttons to change and to remove it.
import { type ReactNode, useState } from 'react'
import { commonWords } from '../messages/frame-en.ts'
import type { Deed } from '../state/deed.ts'
import { Button } from './button.tsx'
import { RefusalLine } from './notice.tsx'
import { Confirm } from './two-step.tsx'

type Act = { word: string; label: string; onDo: () => void }

type Props = {
  name: string
  children: ReactNode
  change: Act
  /** `onDo` after it was asked. */
  remove: Act & { ask: string }
  deed: Deed
}

export function KeptLine({ name, children, change, remove, deed }: Props) {
  const [asked, setAsked] = useState(false)
  return (
    <li className="flex flex-col gap-2 px-4 py-2.5">
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="truncate text-14 font-medium">{name}</p>
          {children}
        </div>
        <div className="flex shrink-0 gap-1">
          <Button size="small" rank="quiet" aria-label={change.label} onClick={change.onDo}>
            {change.word}
          </Button>
          <Button size="small" rank="quiet" aria-label={remove.label} onClick={() => setAsked(true)}>
            {remove.word}
          </Button>
        </div>
      </div>
      {asked && (
        <Confirm
          ask={remove.ask}
          doIt={remove.word}
          keep={commonWords.keep}
          busy={deed.busy}
          onDo={() => {
            setAsked(false)
            remove.onDo()
          }}
          onKeep={() => setAsked(false)}
        />
      )}
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}

export function KeptList({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line rounded-md border border-line">{children}</ul>
}
