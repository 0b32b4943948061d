// One card, opened: what it is now and what can be done to it, who had it, what was recorded.
import { Dialog } from '../../components/dialog.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { cardWords as words } from '../../messages/cards-en.ts'
import { closeCard, useOpenCard } from '../../state/open-card.ts'
import { useReading } from '../../state/readings.ts'
import { CardLine } from '../member/card-line.tsx'
import { CardHistory } from './card-history.tsx'

export function CardDialog() {
  const canonical = useOpenCard((facts) => facts.card)
  const { value, refusal } = useReading('cards.history', canonical === null ? null : { card: canonical })
  return (
    <Dialog
      open={canonical !== null}
      onClose={closeCard}
      title={value?.card.label ?? value?.card.short ?? words.card}
      about={words.openAbout}
      wide
    >
      <RefusalLine refusal={refusal} />
      {value === null ? (
        refusal === null && <SkeletonRows rows={3} />
      ) : (
        <div data-card-open className="flex flex-col gap-5">
          <ul className="rounded-md border border-line">
            <CardLine card={value.card} withHolder />
          </ul>
          <CardHistory history={value} />
        </div>
      )}
    </Dialog>
  )
}
