// A door's key, shown only now: to copy, with the warning that it cannot be read again.
import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { deviceWords } from '../../messages/devices-en.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { commonWords } from '../../messages/frame-en.ts'

/** `password`: for our own broker, with the topic as its user. */
export type NewKey = { name: string; key: string; is: 'key' | 'password' }

export function DoorKey({ shown, onClose }: { shown: NewKey | null; onClose: () => void }) {
  return (
    <Dialog
      open={shown !== null}
      onClose={onClose}
      shownOnce
      title={shown?.is === 'password' ? deviceWords.addedTitle(shown.name) : doorWords.keyTitle(shown?.name ?? '')}
      about={shown?.is === 'password' ? deviceWords.passwordAbout : doorWords.keyAbout}
    >
      {shown !== null && <KeyText value={shown.key} onClose={onClose} />}
    </Dialog>
  )
}

function KeyText({ value, onClose }: { value: string; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  const text = useRef<HTMLElement>(null)

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      // Where the browser keeps the clipboard to itself, the key is at least marked, ready to be copied by hand.
      if (text.current !== null) window.getSelection()?.selectAllChildren(text.current)
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-start gap-3 rounded-md border border-line bg-sunken p-3">
        <code ref={text} data-door-key className="min-w-0 flex-1 font-mono text-14 break-all select-all">
          {value}
        </code>
        <Button size="small" onClick={() => void copy()}>
          {copied ? <Check className="size-4" /> : <Copy className="size-4" />}
          {copied ? commonWords.copied : commonWords.copy}
        </Button>
      </div>
      <Notice tone="grace">{doorWords.keyWarning}</Notice>
      <div className="flex justify-end">
        <Button rank="primary" onClick={onClose}>
          {doorWords.keyDone}
        </Button>
      </div>
    </div>
  )
}
