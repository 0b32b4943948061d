// One card: what is written on it, its state, and what can be done to it, the final things in two steps.
import { useState } from 'react'
import type { CardRow } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { CardStateChip } from '../../components/state-chips.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { cardWords } from '../../messages/cards-en.ts'
import { panelWords } from '../../messages/members-en.ts'
import { openCardWait } from '../../state/card-wait.ts'
import { useDeed } from '../../state/deed.ts'
import { closeCard, openCard } from '../../state/open-card.ts'
import { openMember } from '../../state/panel.ts'
import { ABOUT_CARDS } from './about-cards.ts'
import { LabelForm, LastDayForm } from './card-forms.tsx'
import { type Act, CardMenu, type Change, isChange, WORDS } from './card-menu.tsx'
import { CardSmallPrint } from './card-small-print.tsx'
import { ExtendCard } from './extend-card.tsx'

const CAN_COME_BACK: CardRow['state'][] = ['suspended', 'lost', 'stolen']

/** `withHolder`: opened by itself, where nothing else says whose it is. */
export function CardLine({ card, withHolder = false }: { card: CardRow; withHolder?: boolean }) {
  const [asked, setAsked] = useState<Change | 'reinstate' | null>(null)
  const [form, setForm] = useState<'label' | 'lastDay' | null>(null)
  const deed = useDeed()
  const { canonical, member } = card
  const named = { card: canonical }

  async function change(to: Change | 'reinstate'): Promise<void> {
    const outcome =
      to === 'reinstate'
        ? await deed.run('cards.reinstate', named, ...ABOUT_CARDS)
        : to === 'suspend'
          ? await deed.run('cards.suspend', named, ...ABOUT_CARDS)
          : await deed.run('cards.revoke', { ...named, reason: to }, ...ABOUT_CARDS)
    if (outcome.ok) setAsked(null)
  }
  function act(what: Act): void {
    if (isChange(what)) return setAsked(what)
    switch (what) {
      case 'replace': {
        closeCard()
        const reason = card.state === 'lost' || card.state === 'stolen' ? card.state : null
        return openCardWait({ what: 'replace', card, reason })
      }
      case 'lend':
        closeCard()
        return openCardWait({ what: 'lend', member: null, card, due: null })
      case 'label':
      case 'lastDay':
        return setForm(what)
      case 'history':
        return openCard(canonical)
      case 'back':
        return void deed.run('cards.takeBack', named, ...ABOUT_CARDS)
      case 'stock':
        return void deed.run('cards.stock', { ...named, loaner: card.loaner }, ...ABOUT_CARDS)
      case 'asLoaner':
      case 'noLoaner':
        return void deed.run('cards.stock', { ...named, loaner: what === 'asLoaner' }, ...ABOUT_CARDS)
    }
  }

  return (
    <li data-card={canonical} className="flex flex-col gap-2 px-3 py-2">
      <div className="flex min-h-9 flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1">
          <span
            className={`block truncate text-14 ${card.label === null ? 'figures' : 'font-medium'}`}
            title={canonical}
          >
            {card.label ?? card.short}
          </span>
          <CardSmallPrint card={card} />
        </span>
        {withHolder && member !== null && (
          <Button
            size="small"
            rank="quiet"
            onClick={() => {
              closeCard()
              openMember(member.id)
            }}
          >
            {member.name}
          </Button>
        )}
        <CardStateChip state={card.state} />
        {(card.state === 'lost' || card.state === 'stolen') && (
          <Button size="small" onClick={() => act('replace')}>
            {cardWords.replace}
          </Button>
        )}
        {CAN_COME_BACK.includes(card.state) && (
          <Button
            size="small"
            disabled={deed.busy}
            onClick={() => (card.state === 'suspended' ? void change('reinstate') : setAsked('reinstate'))}
          >
            {panelWords.reinstate}
          </Button>
        )}
        {card.state === 'not-yet-active' && (
          <Button size="small" disabled={deed.busy} onClick={() => void deed.run('cards.start', named, ...ABOUT_CARDS)}>
            {panelWords.remedies['start-card']}
          </Button>
        )}
        {card.state === 'expired' && <ExtendCard card={canonical} />}
        {card.loaner && card.state === 'active' && (
          <Button size="small" disabled={deed.busy} onClick={() => act('back')}>
            {cardWords.back}
          </Button>
        )}
        {card.loaner && card.state === 'unassigned' && (
          <Button size="small" onClick={() => act('lend')}>
            {cardWords.lendThis}
          </Button>
        )}
        {card.state === 'revoked' && (
          <Button size="small" disabled={deed.busy} onClick={() => act('stock')}>
            {cardWords.intoStock}
          </Button>
        )}
        <CardMenu card={card} withHistory={!withHolder} onAct={act} />
      </div>
      {card.stillOpens.map(({ door, since }) => (
        <Notice key={door} tone="refused">
          {panelWords.stillOpens(door)} <Moment at={since} />
        </Notice>
      ))}
      {asked !== null && (
        <Confirm
          ask={panelWords.changeAsk[asked]}
          doIt={asked === 'reinstate' ? panelWords.reinstate : WORDS[asked]}
          busy={deed.busy}
          onDo={() => void change(asked)}
          onKeep={() => setAsked(null)}
        />
      )}
      <RefusalLine refusal={deed.refusal} />
      {form === 'label' && <LabelForm card={card} onClose={() => setForm(null)} />}
      {form === 'lastDay' && <LastDayForm card={card} onClose={() => setForm(null)} />}
    </li>
  )
}
