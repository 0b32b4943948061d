// Cards: look one up by any number that is written on it, and the lists of those in use, in stock, lent and lost.
import { CreditCard, HandHelping, PackagePlus, Plus, Undo2, Upload } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Empty } from '../../components/empty.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { cardWords as words } from '../../messages/cards-en.ts'
import { openCardWait, openEnrol } from '../../state/card-wait.ts'
import { useSteadyReading } from '../../state/readings.ts'
import { linkTo, useRoute } from '../../state/route.ts'
import { CardTable } from './card-table.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { LookUp } from './look-up.tsx'

const SHOWN = 500
type Show = keyof typeof words.shows
const SHOWS = Object.keys(words.shows) as Show[]

export function CardsScreen() {
  const wanted = useRoute((route) => route.params.get('show'))
  const show = SHOWS.find((one) => one === wanted) ?? 'all'
  const { value, refusal } = useSteadyReading('cards.list', { limit: SHOWN, ...(show === 'all' ? {} : { show }) })
  return (
    <Page title={words.title} aside={<Doings />}>
      <LookUp />
      <Filters show={show} />
      <RefusalLine refusal={refusal} />
      <section aria-label={words.shows[show]} className="card overflow-hidden">
        {value === null ? (
          refusal === null && <SkeletonRows rows={8} />
        ) : value.length > 0 ? (
          <CardTable cards={value} />
        ) : show === 'all' ? (
          <Empty icon={CreditCard} title={words.empty}>
            {words.emptyMore}
          </Empty>
        ) : (
          <Empty icon={CreditCard} title={words.emptyFilter} />
        )}
      </section>
      {value !== null && value.length > 0 && <p className="pb-2 text-right text-13 text-ink-3">{words.keysHint}</p>}
    </Page>
  )
}

function Doings() {
  const [importing, setImporting] = useState(false)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button onClick={() => openCardWait({ what: 'lend', member: null, card: null, due: null })}>
        <HandHelping className="size-4" />
        {words.lend}
      </Button>
      <Button onClick={() => openCardWait({ what: 'back' })}>
        <Undo2 className="size-4" />
        {words.takeBack}
      </Button>
      <Button onClick={() => openCardWait({ what: 'stock', loaner: false, label: null })}>
        <PackagePlus className="size-4" />
        {words.stock}
      </Button>
      <Button onClick={() => setImporting(true)}>
        <Upload className="size-4" />
        {words.import}
      </Button>
      <Button rank="primary" onClick={() => openEnrol(null)}>
        <Plus className="size-4" />
        {words.enrol}
      </Button>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </div>
  )
}

function Filters({ show }: { show: Show }) {
  return (
    <nav aria-label={words.filterLabel} className="flex flex-wrap gap-2">
      {SHOWS.map((name) => (
        <a
          key={name}
          href={linkTo('cards', undefined, name === 'all' ? {} : { show: name })}
          aria-current={name === show ? 'true' : undefined}
          className={cx(
            'inline-flex h-8 items-center rounded-full border px-3 text-14 font-medium',
            name === show
              ? 'border-accent-fill bg-accent-soft text-accent-ink'
              : 'border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink',
          )}
        >
          {words.shows[name]}
        </a>
      ))}
    </nav>
  )
}
