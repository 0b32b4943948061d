// The one button of a sentence.
import type { CardRow } from '../../../preload/shapes.ts'
import type { Remedy } from '../../../preload/shapes-doors.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { InvoiceLink } from '../../components/invoice-link.tsx'
import { panelWords } from '../../messages/members-en.ts'
import { useDeed } from '../../state/deed.ts'
import { openEnrol } from '../../state/enrol.ts'
import { linkTo } from '../../state/route.ts'
import { RenewTerm } from './renew-term.tsx'

type Props = {
  remedy: Remedy
  member: { id: string; name: string } | null
  /** The card that the sentence is about, where it is about one. */
  card: string | null
  cards?: readonly CardRow[]
  /** Where what is owed can be paid. */
  payAt: string | null
}

const PAUSED: CardRow['state'][] = ['suspended', 'lost', 'stolen']

export function RemedyButton({ remedy, member, card, cards = [], payAt }: Props) {
  const deed = useDeed()
  const word = panelWords.remedies[remedy]
  if (remedy === 'renew-term') return member && <RenewTerm member={member} word={word} />
  if (remedy === 'open-invoice') return payAt && <InvoiceLink url={payAt} word={word} rank="primary" />
  if (remedy === 'give-access') {
    return (
      <a href={linkTo('doors')} className={buttonClass('primary', 'small')}>
        {word}
      </a>
    )
  }
  function act(): void {
    switch (remedy) {
      case 'assign-card':
      case 'enrol-card':
        return openEnrol(member, card)
      case 'sync-now':
        return void deed.run('sync.run', {}, 'feed.why', 'members.get', 'desk.status')
      case 'reinstate-card': {
        const paused = card ?? cards.find(({ state }) => PAUSED.includes(state))?.canonical
        if (paused !== undefined)
          void deed.run('cards.reinstate', { card: paused }, 'members.get', 'cards.list', 'feed.why')
      }
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button rank="primary" size="small" disabled={deed.busy} onClick={act}>
        {word}
      </Button>
      {deed.busy && remedy === 'sync-now' && <span className="text-13 text-ink-2">{panelWords.syncStarted}</span>}
      {deed.refusal && (
        <span role="alert" className="text-13 text-refused-ink">
          {deed.refusal.sentence}
        </span>
      )}
    </div>
  )
}
