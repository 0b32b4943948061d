// The mail as it would go now, and its files.
import { Download } from 'lucide-react'
import { useId } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import { Button } from '../../components/button.tsx'
import { byMailWords as words } from '../../messages/by-mail-en.ts'
import { saveBytes } from '../../state/save-file.ts'

export function ByMailLetter({ letter: { subject, text, files } }: { letter: Reply<'report.letter'> }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 rounded-md border border-line bg-sunken p-4">
      <div>
        <p id={id} className="text-13 text-ink-3">
          {words.shown}
        </p>
        <p className="text-16 font-semibold break-words">{subject}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {files.map(({ name, base64, type }) => (
          <Button
            key={name}
            size="small"
            aria-label={words.saveOf(name)}
            className="max-w-full"
            onClick={() => saveBytes(name, base64, type)}
          >
            <Download className="size-4 shrink-0" />
            <span className="truncate">{name}</span>
          </Button>
        ))}
      </div>
      <pre className="font-mono text-13 break-words whitespace-pre-wrap">{text}</pre>
    </section>
  )
}
