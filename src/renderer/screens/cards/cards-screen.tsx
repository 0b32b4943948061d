// Cards: look one up by any number that is written on it, and the list of all.
import { CreditCard, Plus } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { cardWords } from '../../messages/cards-en.ts'
import { openEnrol } from '../../state/enrol.ts'
import { useReading } from '../../state/readings.ts'
import { CardTable } from './card-table.tsx'
import { LookUp } from './look-up.tsx'

const SHOWN = 500

export function CardsScreen() {
  const { value, refusal } = useReading('cards.list', { limit: SHOWN })
  return (
    <Page
      title={cardWords.title}
      aside={
        <Button rank="primary" onClick={() => openEnrol(null)}>
          <Plus className="size-4" />
          {cardWords.enrol}
        </Button>
      }
    >
      <LookUp />
      <RefusalLine refusal={refusal} />
      <section aria-label={cardWords.all} className="card overflow-hidden">
        {value === null ? (
          refusal === null && <SkeletonRows rows={8} />
        ) : value.length === 0 ? (
          <Empty icon={CreditCard} title={cardWords.empty}>
            {cardWords.emptyMore}
          </Empty>
        ) : (
          <CardTable cards={value} />
        )}
      </section>
    </Page>
  )
}
