// Which plan, and that its terms are accepted.
import { useState } from 'react'
import type { PlanOffer, SignUp } from '../../../preload/shapes-sign-up.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { SecondOne } from '../../components/second-one.tsx'
import { type SignedBy, UNSIGNED, WaiverFields } from '../../components/waiver-fields.tsx'
import { sayMoney } from '../../format/money.ts'
import { sayPrice } from '../../format/price.ts'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'

export function PlanQuestion({ signUp, onDone }: { signUp: SignUp; onDone: () => void }) {
  const { value: plans, refusal } = useReading('signUps.plans', {})
  const [chosen, setChosen] = useState(signUp.plan?.id ?? '')
  const [code, setCode] = useState(signUp.code ?? '')
  const [quantity, setQuantity] = useState(String(signUp.quantity))
  const [several, setSeveral] = useState(signUp.quantity > 1)
  const [accepted, setAccepted] = useState(false)
  const [all, setAll] = useState(false)
  const [again, setAgain] = useState(false)
  const deed = useDeed()
  const offer = plans?.find(({ id }) => id === chosen)
  const member = signUp.member
  const waiver = useReading('members.waiver', member === null ? null : { id: member.id }).value
  const [signed, setSigned] = useState<{ name: string | null; drawn: SignedBy['drawn'] }>({
    name: null,
    drawn: UNSIGNED,
  })
  const toSign = waiver?.due ? waiver.present : null
  const usual = waiver?.signer.name || (member?.name ?? words.nobody)
  const name = (toSign === null ? null : signed.name) ?? usual

  function choosePlan(id: string): void {
    setChosen(id)
    setAgain(false)
    deed.clear()
  }

  async function choose(): Promise<void> {
    if (offer === undefined) return
    const { id } = signUp
    const many = offer.bySeat ? { quantity: Number(quantity) } : {}
    const plan = { id, plan: offer.id, ...many, ...(code.trim() === '' ? {} : { code }), again }
    const outcome = await deed.run('signUps.plan', plan)
    if (!outcome.ok) return
    if (member !== null && waiver !== null && toSign !== null) {
      const { version } = toSign
      const args = { id: member.id, version, as: waiver.signer.as, name, strokes: signed.drawn }
      if (!(await deed.run('members.signWaiver', args, 'members.waiver', 'members.details')).ok) return
    }
    const agreed = await deed.run('signUps.terms', { id, version: offer.terms.version, by: name }, 'signUps.get')
    if (agreed.ok) onDone()
  }

  return (
    <Form onSubmit={choose}>
      {member !== null && signUp.has.length > 0 && (
        <Notice
          tone="note"
          action={
            <a href={linkTo('members', member.id)} className={buttonClass('plain', 'small')}>
              {words.theirPage(member.name)}
            </a>
          }
        >
          {signUp.has.join(' ')} {words.changeThere}
        </Notice>
      )}
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-20 font-semibold">{words.planTitle}</legend>
        {plans
          ?.filter(({ listed, id }) => listed || all || id === chosen)
          .map((plan) => (
            <Offer key={plan.id} plan={plan} chosen={plan.id === chosen} onChoose={() => choosePlan(plan.id)} />
          ))}
        {!all && plans?.some(({ listed, id }) => !listed && id !== chosen) && (
          <Button rank="quiet" size="small" className="self-start" onClick={() => setAll(true)}>
            {words.notOffered}
          </Button>
        )}
      </fieldset>
      {offer?.bySeat &&
        (several ? (
          <TextField
            label={words.quantity}
            autoFocus={signUp.quantity === 1}
            type="number"
            min={1}
            max={100}
            required
            value={quantity}
            onChange={(event) => setQuantity(event.target.value)}
          />
        ) : (
          <Button rank="quiet" size="small" className="self-start" onClick={() => setSeveral(true)}>
            {words.several}
          </Button>
        ))}
      <TextField label={words.code} value={code} onChange={(event) => setCode(event.target.value)} />
      {offer !== undefined && (
        <CheckLine
          type="checkbox"
          label={words.accept(name)}
          help={
            <>
              {words.terms(offer.terms.version)}
              {offer.terms.url !== null && (
                <>
                  {' · '}
                  <a className="underline" href={offer.terms.url} target="_blank" rel="noreferrer">
                    {words.readTerms}
                  </a>
                </>
              )}
            </>
          }
          checked={accepted}
          onChange={(event) => setAccepted(event.target.checked)}
        />
      )}
      {offer !== undefined && waiver !== null && toSign !== null && (
        <WaiverFields
          present={toSign}
          signer={waiver.signer}
          signed={{ ...signed, name }}
          onSign={(news) => {
            deed.clear()
            setSigned(news)
          }}
        />
      )}
      <RefusalLine refusal={deed.refusal ?? refusal} />
      <SecondOne refusal={deed.refusal} meant={again} onMean={setAgain} />
      <Button
        rank="primary"
        type="submit"
        className="h-11 self-start"
        disabled={deed.busy || offer === undefined || !accepted}
      >
        {words.next}
      </Button>
    </Form>
  )
}

function Offer({ plan, chosen, onChoose }: { plan: PlanOffer; chosen: boolean; onChoose: () => void }) {
  const { locale } = useVoice()
  const { name, price, fee, anchorDay, termDays } = plan
  const parts = [
    price === null || price.amount === null ? words.noPrice : sayPrice(price, locale),
    ...(termDays === null ? [] : [words.forDays(termDays)]),
    ...(fee === null ? [] : [words.plusFee(sayMoney(fee, locale))]),
    ...(anchorDay === null ? [] : [words.fromTheFirst]),
  ]
  return (
    <label
      className={cx(
        'flex min-h-11 cursor-pointer items-center gap-3 rounded-md border px-3 py-2 hover:bg-hover',
        chosen ? 'border-accent bg-accent-soft' : 'border-line',
      )}
    >
      <input type="radio" name="plan" className="size-5 accent-(--accent-fill)" checked={chosen} onChange={onChoose} />
      <span className="min-w-0 flex-1 text-14 font-medium">{name}</span>
      <span className="figures text-right text-14 text-ink-2">{parts.join(', ')}</span>
    </label>
  )
}
