// Which prices open doors: each price with what it is, and one button that says the list is right.
import { Tags } from 'lucide-react'
import { useState } from 'react'
import type { MappedPrice } from '../../../preload/shapes-memberships.ts'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { inputClass, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { sayDay } from '../../format/moments.ts'
import { sayCount, sayMoney } from '../../format/money.ts'
import { salesWords as words } from '../../messages/sales-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

const NEW = 'new'
const OTHER = 'other'
const CHANGED = ['mapping.get', 'plans.list', 'members.list', 'inbox.list', 'desk.status'] as const

export function MappingSettings() {
  const { value, refusal } = useReading('mapping.get', {})
  const deed = useDeed()
  const voice = useVoice()
  if (value === null) return <RefusalLine refusal={refusal} />
  const { confirmedAt } = value
  const prices = [...value.prices].sort(
    (one, other) => Number(other.decision === 'undecided') - Number(one.decision === 'undecided'),
  )
  return (
    <Section id="plans" title={words.mapping} about={words.mappingAbout}>
      {prices.length === 0 ? (
        <Empty icon={Tags} title={words.noPrices}>
          {words.noPricesMore}
        </Empty>
      ) : (
        <div className="flex flex-col gap-4">
          <Notice
            tone={confirmedAt === null ? 'grace' : 'still'}
            action={
              confirmedAt === null && (
                <Button
                  rank="primary"
                  size="small"
                  disabled={deed.busy}
                  onClick={() => void deed.run('mapping.confirm', {}, ...CHANGED)}
                >
                  {words.confirm}
                </Button>
              )
            }
          >
            {confirmedAt === null
              ? words.notConfirmed
              : words.confirmed(sayDay(Date.parse(confirmedAt), deskNow(), voice))}
          </Notice>
          <RefusalLine refusal={deed.refusal} />
          <ul className="divide-y divide-line rounded-md border border-line">
            {prices.map((price) => (
              <PriceLine key={price.price} price={price} />
            ))}
          </ul>
        </div>
      )}
    </Section>
  )
}

function PriceLine({ price }: { price: MappedPrice }) {
  const { value: plans } = useReading('plans.list', {})
  const [naming, setNaming] = useState<string | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const deed = useDeed()
  const { locale } = useVoice()
  const name = price.nickname ?? price.productName
  const amount = price.amount === null ? words.noAmount : sayMoney(price.amount, locale)
  const facts = [
    price.amount === null ? amount : `${amount} ${price.interval === null ? words.once : words.per(price.interval)}`,
    price.subscriptions > 0 ? words.subscriptions(sayCount(price.subscriptions, locale)) : null,
    price.active ? null : words.notSold,
  ].filter((fact) => fact !== null)
  const isOnce = price.interval === null && price.plan === null
  const chosen = price.decision === 'undecided' ? '' : price.decision === 'other' ? OTHER : (price.plan?.id ?? '')

  const nameOf = (plan: string) => plans?.find(({ id }) => id === plan)?.name ?? ''
  const suggested = chosen === '' ? plans?.find(({ id }) => id === price.suggestion) : undefined

  async function take(choice: string): Promise<void> {
    if (choice === NEW) return setNaming(name)
    // People pay for what it was: they would find other doors open, or none.
    const was = price.decision === 'undecided' || price.decision === 'other' ? null : price.plan
    const moves = price.subscriptions > 0 && choice !== chosen && (choice === OTHER || was !== null)
    if (moves && asked !== choice) return setAsked(choice)
    setAsked(null)
    const plan = choice === OTHER ? null : choice
    await deed.run('mapping.set', { price: price.price, plan }, ...CHANGED)
  }
  async function make(): Promise<void> {
    const outcome = await deed.run('mapping.set', { price: price.price, newPlan: naming ?? '' }, ...CHANGED)
    if (outcome.ok) setNaming(null)
  }

  return (
    <li className="flex flex-col gap-2 px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-[1_1_160px]">
          <span className="block truncate text-14 font-medium">{name}</span>
          <span className="block text-13 text-ink-3">{facts.join(' · ')}</span>
        </p>
        <div className="flex items-center gap-2">
          {suggested !== undefined && (
            <Button size="small" disabled={deed.busy} onClick={() => void take(suggested.id)}>
              {words.suggest(suggested.name)}
            </Button>
          )}
          {isOnce ? (
            <p className="max-w-72 text-right text-13 text-ink-3">{words.soldOnce}</p>
          ) : (
            <select
              aria-label={`${name}, ${facts[0]}: ${words.is}`}
              className={`${inputClass} w-56`}
              disabled={deed.busy}
              value={asked ?? (naming === null ? chosen : NEW)}
              onChange={(event) => void take(event.target.value)}
            >
              {chosen === '' && <option value="">{words.decide}</option>}
              {plans?.map((plan) => (
                <option key={plan.id} value={plan.id}>
                  {plan.name}
                </option>
              ))}
              <option value={OTHER}>{words.other}</option>
              <option value={NEW}>{words.newPlan}</option>
            </select>
          )}
        </div>
      </div>
      {asked !== null && (
        <Confirm
          ask={
            asked === OTHER
              ? words.otherAsk(name, sayCount(price.subscriptions, locale))
              : words.moveAsk(name, sayCount(price.subscriptions, locale), price.plan?.name ?? name, nameOf(asked))
          }
          doIt={asked === OTHER ? words.other : words.move(nameOf(asked))}
          busy={deed.busy}
          onDo={() => void take(asked)}
          onKeep={() => setAsked(null)}
        />
      )}
      {naming !== null && (
        <Form className="flex items-start gap-3" onSubmit={make}>
          <TextField
            className="flex-1"
            label={words.newPlanName}
            required
            value={naming}
            onChange={(event) => setNaming(event.target.value)}
          />
          <Button type="submit" disabled={deed.busy} className="mt-6.5">
            {words.takePlan}
          </Button>
        </Form>
      )}
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}
