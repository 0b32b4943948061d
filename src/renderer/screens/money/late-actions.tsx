// What can be done about the late payments that are selected: one button and one key for each; and what came of it.
import { useState } from 'react'
import type { LateRow } from '../../../preload/shapes-report.ts'
import { Button } from '../../components/button.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { lateActionWords as words } from '../../messages/late-actions-en.ts'
import { useKeys } from '../../state/keys.ts'
import { tellOutcome } from '../../state/late-outcome.ts'
import { BarDialog, ExtendDialog } from './actions/access.tsx'
import { CallListDialog } from './actions/call-list.tsx'
import type { ActionDialog } from './actions/dialog-props.ts'
import { AssignDialog, NoteDialog, SnoozeDialog } from './actions/facts.tsx'
import { HistoryDialog } from './actions/history.tsx'
import { LinkDialog } from './actions/link.tsx'
import { MailDialog } from './actions/mail.tsx'
import { LateNotice } from './actions/notice.tsx'
import { PaidDialog } from './actions/paid.tsx'

type Action = keyof typeof words.actions

/** `open`: only what is still open can be paid, asked for or held against anybody. */
const ACTIONS: readonly { action: Action; key: string; Dialog: ActionDialog; about: 'open' | 'any' | 'one' }[] = [
  { action: 'link', key: 'l', Dialog: LinkDialog, about: 'open' },
  { action: 'mail', key: 'm', Dialog: MailDialog, about: 'open' },
  { action: 'call', key: 'c', Dialog: CallListDialog, about: 'open' },
  { action: 'paid', key: 'p', Dialog: PaidDialog, about: 'open' },
  { action: 'extend', key: 'e', Dialog: ExtendDialog, about: 'open' },
  { action: 'bar', key: 'x', Dialog: BarDialog, about: 'any' },
  { action: 'assign', key: 'a', Dialog: AssignDialog, about: 'any' },
  { action: 'note', key: 'n', Dialog: NoteDialog, about: 'any' },
  { action: 'snooze', key: 's', Dialog: SnoozeDialog, about: 'any' },
  { action: 'history', key: 'h', Dialog: HistoryDialog, about: 'one' },
]

type Props = { rows: readonly LateRow[]; onDone: () => void }

/** To be there always: what was done is told, and can be taken back, when nothing is selected any more. */
export function LateActions({ rows, onDone }: Props) {
  const [asked, setAsked] = useState<{ action: Action; rows: readonly LateRow[] } | null>(null)
  const open = rows.filter(({ outcome }) => outcome === 'open')
  const meant = { open, any: rows, one: rows.length === 1 ? rows : [] }
  const choose = (action: Action, about: keyof typeof meant) => {
    if (meant[about].length > 0) setAsked({ action, rows: meant[about] })
  }
  useKeys(
    Object.fromEntries(
      ACTIONS.map(({ action, key, about }) => [
        key,
        (event: KeyboardEvent) => {
          if (rows.length === 0) return
          // Else it would be typed into the field that comes.
          event.preventDefault()
          choose(action, about)
        },
      ]),
    ),
  )
  const chosen = ACTIONS.find(({ action }) => action === asked?.action)
  return (
    <>
      {rows.length > 0 && (
        <div role="toolbar" aria-label={words.bar} className="flex flex-wrap gap-1.5">
          {ACTIONS.map(({ action, key, about }) => (
            <Button
              key={action}
              size="small"
              aria-keyshortcuts={key}
              disabled={meant[about].length === 0}
              title={meant[about].length > 0 ? undefined : about === 'one' ? words.onlyOne : words.notOpen}
              onClick={() => choose(action, about)}
            >
              {words.actions[action]}
              <KeyHint>{key}</KeyHint>
            </Button>
          ))}
        </div>
      )}
      <LateNotice floats={rows.length === 0} onDone={onDone} />
      {asked !== null && chosen !== undefined && (
        <chosen.Dialog
          rows={asked.rows}
          onClose={() => setAsked(null)}
          onActed={(outcome) => {
            setAsked(null)
            tellOutcome(outcome)
            if (outcome.acted.done.length > 0) onDone()
          }}
        />
      )}
    </>
  )
}
