// One card: its number, its state, and what can be done to it, the final things in two steps.
import { Ellipsis } from 'lucide-react'
import { DropdownMenu as Menu } from 'radix-ui'
import { useState } from 'react'
import type { CardRow } from '../../../preload/shapes.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { CardStateChip } from '../../components/state-chips.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { panelWords } from '../../messages/members-en.ts'
import { useDeed } from '../../state/deed.ts'
import { ExtendCard } from './extend-card.tsx'

type Change = 'suspend' | 'lost' | 'stolen' | 'returned' | 'damaged'

/** What a card in a state can become; the desk refuses what it must. */
const CHANGES: Record<CardRow['state'], readonly Change[]> = {
  active: ['suspend', 'lost', 'stolen', 'returned', 'damaged'],
  'not-yet-active': ['suspend', 'lost', 'stolen', 'returned', 'damaged'],
  suspended: ['lost', 'stolen', 'returned', 'damaged'],
  expired: ['lost', 'stolen', 'returned', 'damaged'],
  lost: ['returned'],
  stolen: ['returned'],
  revoked: [],
  unassigned: [],
}
const CAN_COME_BACK: CardRow['state'][] = ['suspended', 'lost', 'stolen']

const WORDS: Record<Change, string> = {
  suspend: panelWords.suspend,
  lost: panelWords.reportLost,
  stolen: panelWords.reportStolen,
  returned: panelWords.takeBack,
  damaged: panelWords.damaged,
}

export function CardLine({ card }: { card: CardRow }) {
  const [asked, setAsked] = useState<Change | null>(null)
  const deed = useDeed()
  const changes = CHANGES[card.state]

  async function change(to: Change): Promise<void> {
    const outcome =
      to === 'suspend'
        ? await deed.run('cards.suspend', { card: card.canonical }, 'members.get', 'cards.list')
        : await deed.run('cards.revoke', { card: card.canonical, reason: to }, 'members.get', 'cards.list')
    if (outcome.ok) setAsked(null)
  }

  return (
    <li className="flex flex-col gap-2 px-3 py-2">
      <div className="flex min-h-9 items-center gap-2">
        <span className="min-w-0 flex-1">
          <span className="block truncate figures text-14" title={card.canonical}>
            {card.short}
          </span>
          {card.state !== 'active' && card.since !== null && (
            <span className="block truncate text-13 text-ink-3">
              <Moment at={card.since} as="day" />
              {card.state === 'suspended' && card.why ? `, ${card.why}` : ''}
            </span>
          )}
        </span>
        <CardStateChip state={card.state} />
        {CAN_COME_BACK.includes(card.state) && (
          <Button
            size="small"
            disabled={deed.busy}
            onClick={() => void deed.run('cards.reinstate', { card: card.canonical }, 'members.get', 'cards.list')}
          >
            {panelWords.reinstate}
          </Button>
        )}
        {card.state === 'not-yet-active' && (
          <Button
            size="small"
            disabled={deed.busy}
            onClick={() => void deed.run('cards.start', { card: card.canonical }, 'members.get', 'cards.list')}
          >
            {panelWords.remedies['start-card']}
          </Button>
        )}
        {card.state === 'expired' && <ExtendCard card={card.canonical} />}
        {changes.length > 0 && <Actions short={card.short} changes={changes} onAsk={setAsked} />}
      </div>
      {card.stillOpens.map(({ door, since }) => (
        <Notice key={door} tone="refused">
          {panelWords.stillOpens(door)} <Moment at={since} />
        </Notice>
      ))}
      {asked !== null && (
        <Confirm
          ask={asked === 'suspend' ? panelWords.suspendAsk : panelWords.revokeAsk[asked]}
          doIt={WORDS[asked]}
          busy={deed.busy}
          onDo={() => void change(asked)}
          onKeep={() => setAsked(null)}
        />
      )}
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}

type ActionsProps = { short: string; changes: readonly Change[]; onAsk: (change: Change) => void }

function Actions({ short, changes, onAsk }: ActionsProps) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <IconButton label={panelWords.cardActions(short)}>
          <Ellipsis className="size-5" />
        </IconButton>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={4}
          // The question that follows takes the keyboard itself.
          onCloseAutoFocus={(event) => document.querySelector('fieldset') !== null && event.preventDefault()}
          className="arrives z-50 min-w-44 rounded-md border border-line bg-raised p-1 shadow-float"
        >
          {changes.map((change) => (
            <Menu.Item
              key={change}
              onSelect={() => onAsk(change)}
              className="flex h-9 cursor-pointer items-center rounded-sm px-3 text-14 outline-none data-highlighted:bg-hover"
            >
              {WORDS[change]}
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
