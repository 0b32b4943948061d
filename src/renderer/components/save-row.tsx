// The end of a form: its refusal, its button, and a quiet word when it is done.
import { Check } from 'lucide-react'
import { commonWords } from '../messages/frame-en.ts'
import type { Deed } from '../state/deed.ts'
import { Button } from './button.tsx'
import { RefusalLine } from './notice.tsx'

type Props = { deed: Deed; saved: boolean; changed: boolean }

export function SaveRow({ deed, saved, changed }: Props) {
  return (
    <>
      <RefusalLine refusal={deed.refusal} />
      <div className="flex items-center gap-3">
        <Button rank="primary" type="submit" disabled={deed.busy || !changed}>
          {commonWords.save}
        </Button>
        <span role="status" className="flex items-center gap-1.5 text-14 text-granted-ink">
          {saved && !changed && (
            <>
              <Check className="size-4" />
              {commonWords.saved}
            </>
          )}
        </span>
      </div>
    </>
  )
}
