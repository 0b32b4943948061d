// A box of cards, one after the other: how many, which was the last, what was not taken and why.
import type { CardRow } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { waitWords as words } from '../../messages/card-wait-en.ts'
import { closeCardWait, useCardWait } from '../../state/card-wait.ts'
import { Presenting } from './presenting.tsx'

const SHOWN = 4

export function StockProgress() {
  const { taken, lastTaken, notTaken } = useCardWait()
  return (
    <div className="flex flex-col gap-4">
      <Presenting how={words.stockHow} />
      <div data-stock className="flex items-center justify-between gap-4" role="status">
        <p className="text-14">
          <span className="figures mr-2 text-28 font-semibold">{taken}</span>
          {words.taken(taken)}
        </p>
        {lastTaken !== null && <Last card={lastTaken} />}
      </div>
      {notTaken.slice(0, SHOWN).map((sentence, n) => (
        // Two of them may say the same.
        // biome-ignore lint/suspicious/noArrayIndexKey: the newest is at the top, and all are told again.
        <Notice key={n} tone="grace" {...(n === 0 ? { role: 'alert' } : {})}>
          {sentence}
        </Notice>
      ))}
      {notTaken.length > SHOWN && <p className="text-13 text-ink-3">{words.moreNotTaken(notTaken.length - SHOWN)}</p>}
      <Button rank="primary" onClick={closeCardWait} className="self-start">
        {words.finishStock}
      </Button>
    </div>
  )
}

function Last({ card: { label, short } }: { card: CardRow }) {
  return (
    <p className="text-right text-14">
      <span className="text-ink-3">{words.last}</span> {label !== null && <strong>{label}</strong>}{' '}
      <span className="figures text-ink-2">{short}</span>
    </p>
  )
}
