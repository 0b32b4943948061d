// Gift cards that were sold: which are still good, who used the others, and taking one back that went astray.
import { useState } from 'react'
import type { GiftCard } from '../../../preload/shapes-money.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { sayMoney } from '../../format/money.ts'
import { moneyWords as words } from '../../messages/money-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'

/** So many at first: those that are still good, then the newest. */
const SHOWN = 20

export function GiftCards() {
  const { value: cards } = useReading('giftCards.list', {})
  const [all, setAll] = useState(false)
  const [withdrawn, setWithdrawn] = useState<GiftCard | null>(null)
  if (cards === null || cards.length === 0) return null
  const isSpent = ({ state }: GiftCard) => state !== 'unused'
  const sorted = cards.toSorted((a, b) => Number(isSpent(a)) - Number(isSpent(b)) || b.number - a.number)
  return (
    <Section title={words.gifts} about={words.giftsAbout}>
      <ul className="divide-y divide-line rounded-md border border-line">
        {sorted.slice(0, all ? sorted.length : SHOWN).map((card) => (
          <GiftLine key={card.id} card={card} onWithdraw={() => setWithdrawn(card)} />
        ))}
      </ul>
      {!all && sorted.length > SHOWN && (
        <Button size="small" rank="quiet" className="self-start" onClick={() => setAll(true)}>
          {words.allGifts(sorted.length)}
        </Button>
      )}
      {withdrawn !== null && <Withdraw card={withdrawn} onClose={() => setWithdrawn(null)} />}
    </Section>
  )
}

function GiftLine({ card, onWithdraw }: { card: GiftCard; onWithdraw: () => void }) {
  const { locale } = useVoice()
  const { number, amount, soldAt, by, paidBy, receipt, state, since, member } = card
  return (
    <li data-gift={number} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-[1_1_280px]">
        <p className="figures text-14 font-medium">
          {words.giftNo(number)} · {sayMoney(amount, locale)}
        </p>
        <p className="text-13 text-ink-3">
          {words.giftSold} <Moment at={soldAt} /> · {words.giftBy(by)} · {words.paidByWords[paidBy]}
          {receipt !== null && <span className="figures"> · {words.receipt(receipt)}</span>}
        </p>
        {state !== 'unused' && (
          <p className="text-13 text-ink-2">
            {words.giftStates[state]} <Moment at={since} />
            {member !== null && (
              <>
                {' · '}
                <a
                  href={linkTo('members', member.id)}
                  className="text-accent-ink underline decoration-1 underline-offset-3 hover:no-underline"
                >
                  {member.name}
                </a>
              </>
            )}
          </p>
        )}
      </div>
      {state === 'unused' && (
        <Button size="small" aria-label={words.withdrawOf(number)} onClick={onWithdraw}>
          {words.withdraw}
        </Button>
      )}
    </li>
  )
}

function Withdraw({ card: { id, number }, onClose }: { card: GiftCard; onClose: () => void }) {
  const [why, setWhy] = useState('')
  const deed = useDeed()
  async function withdraw(): Promise<void> {
    if ((await deed.run('giftCards.withdraw', { id, why }, 'giftCards.list')).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={words.withdrawTitle(number)} about={words.withdrawAbout}>
      <Form onSubmit={withdraw}>
        <TextField
          label={words.why}
          required
          maxLength={500}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
        <RefusalLine refusal={deed.refusal} />
        <Button rank="danger" type="submit" disabled={deed.busy} className="self-start">
          {words.withdrawDo}
        </Button>
      </Form>
    </Dialog>
  )
}
