// A file of cards: chosen, looked at line by line, taken in, and taken back where it was the wrong one.
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ImportPreview, ImportReceipt, ImportUndone } from '../../../preload/shapes-cards.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { importWords as words } from '../../messages/cards-en.ts'
import { useDeed } from '../../state/deed.ts'
import { ABOUT_CARDS } from '../member/about-cards.ts'
import { Preview, Receipt, Undone } from './import-parts.tsx'

/** The desk says no to what is longer than a million bytes: no more of it than that needs to go there. */
const ENOUGH = 1_000_001

type Chosen = { name: string; text: string }

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<Chosen | null>(null)
  const [preview, setPreview] = useState<ImportPreview | null>(null)
  const [receipt, setReceipt] = useState<ImportReceipt | null>(null)
  const [undone, setUndone] = useState<ImportUndone | null>(null)
  const deed = useDeed()

  async function choose(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return
    const next = { name: chosen.name, text: await chosen.slice(0, ENOUGH).text() }
    setFile(next)
    setPreview(null)
    const outcome = await deed.run('cards.previewImport', next)
    if (outcome.ok) setPreview(outcome.value)
  }
  async function take(): Promise<void> {
    if (file === null) return
    const outcome = await deed.run('cards.import', file, ...ABOUT_CARDS, 'members.list', 'desk.todo')
    if (outcome.ok) setReceipt(outcome.value)
  }
  async function undo(id: string): Promise<void> {
    const outcome = await deed.run('cards.undoImport', { id }, ...ABOUT_CARDS, 'members.list', 'desk.todo')
    if (outcome.ok) setUndone(outcome.value)
  }

  return (
    <Dialog open onClose={onClose} locked wide title={words.title} about={words.about}>
      <div className="flex flex-col gap-4">
        {undone !== null ? (
          <Undone undone={undone} />
        ) : receipt !== null ? (
          <Receipt receipt={receipt} />
        ) : (
          <Choose again={preview !== null} busy={deed.busy} name={file?.name ?? null} onChoose={choose} />
        )}
        {receipt === null && preview !== null && (
          <Preview preview={preview} busy={deed.busy} onTake={() => void take()} />
        )}
        <RefusalLine refusal={deed.refusal} />
        {receipt !== null && (
          <div className="flex gap-2">
            <Button rank="primary" onClick={onClose}>
              {words.finish}
            </Button>
            {receipt.id !== null && undone === null && (
              <Button disabled={deed.busy} onClick={() => receipt.id !== null && void undo(receipt.id)}>
                {words.undo}
              </Button>
            )}
          </div>
        )}
      </div>
    </Dialog>
  )
}

type ChooseProps = { again: boolean; busy: boolean; name: string | null; onChoose: (file: File | undefined) => void }

function Choose({ again, busy, name, onChoose }: ChooseProps) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <div className="flex flex-wrap items-center gap-3">
      <input
        ref={field}
        type="file"
        aria-label={words.choose}
        accept=".csv,.tsv,.txt,text/csv"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          void onChoose(target.files?.[0])
          // The same file can be chosen again once it is mended.
          target.value = ''
        }}
      />
      <Button rank={again ? 'plain' : 'primary'} disabled={busy} onClick={() => field.current?.click()}>
        <FileUp className="size-4" />
        {again ? words.other : words.choose}
      </Button>
      <span className="text-14 text-ink-2">{busy ? words.reading : name}</span>
    </div>
  )
}
