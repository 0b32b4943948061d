// The buttons of a sentence, the best first.
import type { CardRow } from '../../../preload/shapes.ts'
import type { Remedy } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { InvoiceLink } from '../../components/invoice-link.tsx'
import { panelWords } from '../../messages/members-en.ts'
import { useDeed } from '../../state/deed.ts'
import { openEnrol } from '../../state/enrol.ts'
import { AskingRemedy } from './asking-remedy.tsx'
import { ExtendCard } from './extend-card.tsx'
import { RenewTerm } from './renew-term.tsx'

type About = {
  member: { id: string; name: string } | null
  /** The card that the sentence is about, where it is about one. */
  card: string | null
  cards?: readonly CardRow[]
  /** Where what is owed can be paid. */
  payAt: string | null
  /** The door that it is about, where it is about one. */
  door: { id: string; name: string } | null
}

export function Remedies({ remedies, ...about }: About & { remedies: readonly Remedy[] }) {
  return (
    <div className="flex flex-wrap gap-2">
      {remedies.map((remedy, n) => (
        <RemedyButton key={remedy} remedy={remedy} rank={n === 0 ? 'primary' : 'plain'} {...about} />
      ))}
    </div>
  )
}

export type RemedyProps = { remedy: Remedy; rank: 'primary' | 'plain' }

function RemedyButton({ remedy, rank, ...about }: About & RemedyProps) {
  const { member, door } = about
  switch (remedy) {
    case 'renew-term':
      return member && <RenewTerm member={member} word={panelWords.remedies[remedy]} />
    case 'open-invoice':
      return about.payAt && <InvoiceLink url={about.payAt} word={panelWords.remedies[remedy]} rank={rank} />
    case 'give-access':
    case 'give-induction':
    case 'let-in-once':
      return member && <AskingRemedy remedy={remedy} rank={rank} member={member} door={door} />
    case 'extend-card': {
      const card = cardOf(about, ['expired'])
      return card !== null && <ExtendCard card={card} rank={rank} />
    }
    default:
      return <ActingRemedy remedy={remedy} rank={rank} {...about} />
  }
}

const PAUSED: CardRow['state'][] = ['suspended', 'lost', 'stolen']

/** The card that the sentence is about, or the one that is so. */
function cardOf({ card, cards = [] }: Pick<About, 'card' | 'cards'>, states: CardRow['state'][]): string | null {
  return card ?? cards.find(({ state }) => states.includes(state))?.canonical ?? null
}

function ActingRemedy({ remedy, rank, member, card, cards = [], door }: About & RemedyProps) {
  const deed = useDeed()
  function act(): void {
    switch (remedy) {
      case 'assign-card':
      case 'enrol-card':
        return openEnrol(member, card)
      case 'sync-now':
        return void deed.run('sync.run', {}, 'feed.why', 'members.get', 'desk.status')
      case 'release-door':
      case 'close-door':
        if (door !== null) void deed.run('doors.normal', { id: door.id }, 'feed.why', 'members.get', 'doors.list')
        return
      case 'reinstate-card': {
        const paused = cardOf({ card, cards }, PAUSED)
        if (paused !== null) void deed.run('cards.reinstate', { card: paused }, 'members.get', 'cards.list', 'feed.why')
        return
      }
      case 'start-card': {
        const waiting = cardOf({ card, cards }, ['not-yet-active'])
        if (waiting !== null) void deed.run('cards.start', { card: waiting }, 'members.get', 'cards.list', 'feed.why')
      }
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button rank={rank} size="small" disabled={deed.busy} onClick={act}>
        {panelWords.remedies[remedy]}
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
