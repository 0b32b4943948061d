// The buttons of a sentence, the best first.
import { useState } from 'react'
import type { CardRow } from '../../../preload/shapes.ts'
import type { Remedy } from '../../../preload/shapes-doors.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { panelWords } from '../../messages/members-en.ts'
import { openCardWait, openEnrol } from '../../state/card-wait.ts'
import { useDeed } from '../../state/deed.ts'
import { linkTo } from '../../state/route.ts'
import { takePayment } from '../../state/taking.ts'
import { AskingRemedy } from './asking-remedy.tsx'
import { ExtendCard } from './extend-card.tsx'
import { RenewTerm } from './renew-term.tsx'

type About = {
  member: { id: string; name: string } | null
  /** The card that the sentence is about, where it is about one. */
  card: string | null
  /** The card that it may be, which somebody holds by a short number. */
  sameAs?: string | null
  /** The swipe that it is about, where it is about one. */
  seq?: number
  cards?: readonly CardRow[]
  /** The door that it is about, where it is about one. */
  door: { id: string; name: string } | null
}

export function Remedies({ remedies, ...about }: About & { remedies: readonly Remedy[] }) {
  return (
    <div className="flex flex-wrap gap-2">
      {remedies.map((remedy, n) => (
        <RemedyButton
          key={remedy}
          remedy={remedy}
          rank={n === 0 && !HASTY.includes(remedy) ? 'primary' : 'plain'}
          {...about}
        />
      ))}
    </div>
  )
}

/** A hasty click on these would let somebody in with a card that is not theirs. */
const HASTY: Remedy[] = ['found-again']

export type RemedyProps = { remedy: Remedy; rank: 'primary' | 'plain' }

function RemedyButton({ remedy, rank, ...about }: About & RemedyProps) {
  const { member, door } = about
  switch (remedy) {
    case 'renew-term':
      return member && <RenewTerm member={member} word={panelWords.remedies[remedy]} />
    case 'give-access':
    case 'give-induction':
    case 'let-in-once':
    case 'resume':
      return member && <AskingRemedy remedy={remedy} rank={rank} member={member} door={door} />
    case 'see-person':
      return (
        member && (
          <a href={linkTo('members', member.id)} className={buttonClass(rank, 'small')}>
            {panelWords.seePerson(member.name)}
          </a>
        )
      )
    case 'extend-card': {
      const card = cardOf(about, ['expired'])
      return card !== null && <ExtendCard card={card} rank={rank} />
    }
    default:
      return <ActingRemedy remedy={remedy} rank={rank} {...about} />
  }
}

const ABOUT_CARDS = ['members.get', 'cards.list', 'feed.why', 'feed.lostCards'] as const
const PAUSED: CardRow['state'][] = ['suspended', 'lost', 'stolen']

/** The card that the sentence is about, or the one that is so. */
function cardOf({ card, cards = [] }: Pick<About, 'card' | 'cards'>, states: CardRow['state'][]): string | null {
  return card ?? cards.find(({ state }) => states.includes(state))?.canonical ?? null
}

type ActingProps = About & RemedyProps & { remedy: keyof typeof panelWords.remedies }

function ActingRemedy({ remedy, rank, member, card, sameAs = null, seq, cards = [], door }: ActingProps) {
  const deed = useDeed()
  const [asked, setAsked] = useState(false)
  async function signUp(id: string): Promise<void> {
    const outcome = await deed.run('signUps.start', { member: id }, 'signUps.list')
    if (outcome.ok && outcome.value.signUp !== null) window.location.hash = linkTo('sign-up', outcome.value.signUp.id)
  }

  function act(): void {
    switch (remedy) {
      case 'assign-card':
        if (seq === undefined || door === null) return openEnrol(null)
        return openCardWait({ what: 'assign', member: null, seq, door: door.name })
      case 'same-card':
        if (sameAs !== null && card !== null)
          void deed.run('cards.upgrade', { card: sameAs, whole: card }, ...ABOUT_CARDS, 'cards.history')
        return
      case 'enrol-card':
        return openEnrol(member)
      case 'take-payment':
        if (member !== null) takePayment(member)
        return
      case 'sign-up':
      case 'finish-sign-up':
        if (member !== null) void signUp(member.id)
        return
      case 'sync-now':
        return void deed.run('sync.run', {}, 'feed.why', 'members.get', 'desk.status')
      case 'release-door':
      case 'close-door':
        if (door !== null) void deed.run('doors.normal', { id: door.id }, 'feed.why', 'members.get', 'doors.list')
        return
      case 'keep-lost':
        if (seq !== undefined) void deed.run('feed.keepLost', { seq }, 'feed.lostCards', 'feed.why')
        return
      case 'found-again':
        return setAsked(true)
      case 'reinstate-card':
        return reinstate()
      case 'start-card': {
        const waiting = cardOf({ card, cards }, ['not-yet-active'])
        if (waiting !== null) void deed.run('cards.start', { card: waiting }, 'members.get', 'cards.list', 'feed.why')
      }
    }
  }
  function reinstate(): void {
    const paused = cardOf({ card, cards }, PAUSED)
    if (paused !== null) void deed.run('cards.reinstate', { card: paused }, ...ABOUT_CARDS)
  }

  if (asked)
    return (
      <Confirm
        ask={panelWords.changeAsk.reinstate}
        doIt={panelWords.remedies[remedy]}
        busy={deed.busy}
        onDo={reinstate}
        onKeep={() => setAsked(false)}
      />
    )
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
