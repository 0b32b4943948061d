// "Is this the same card?": a card that somebody holds by a short number, and the whole one that was read now.
import { Button } from '../../components/button.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { waitWords as words } from '../../messages/card-wait-en.ts'
import { answerSame, type SameCard, sameCardIn, useCardWait } from '../../state/card-wait.ts'

export function SameCardQuestion({ same, sentence }: { same: SameCard; sentence: string }) {
  const { busy, doneRefusal } = useCardWait()
  return (
    <div data-same-card className="flex flex-col gap-4">
      <Notice tone="grace" role="alert">
        {sentence}
      </Notice>
      <p className="text-14 text-ink-2">
        {words.sameRead} <span className="figures text-ink">{same.whole}</span>. {words.sameHelp}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button rank="primary" disabled={busy} onClick={() => void answerSame(same, true)}>
          {words.sameYes}
        </Button>
        <Button disabled={busy} onClick={() => void answerSame(same, false)}>
          {words.sameNo}
        </Button>
      </div>
      {sameCardIn(doneRefusal) === null && <RefusalLine refusal={doneRefusal} />}
    </div>
  )
}
