// What a plan costs at the desk: which of Stripe's prices, the fee, from when, its terms, what it should cost.
import { useState } from 'react'
import type { PlanSaleView, PriceChoice } from '../../../preload/shapes-plans.ts'
import { AmountField } from '../../components/amount-field.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { minorOf, typedMoney } from '../../format/money.ts'
import { sayPrice } from '../../format/price.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { planWords as words } from '../../messages/plans-en.ts'
import { fieldsOf, useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { useCurrency, useVoice } from '../../state/voice.ts'

type Props = { plan: { id: string; name: string }; onClose: () => void }
const CHANGED = ['plans.sale', 'signUps.plans', 'plans.list', 'plans.template', 'plans.lint'] as const

export function PlanSaleForm({ plan, onClose }: Props) {
  const { value, refusal } = useReading('plans.sale', { plan: plan.id })
  return (
    <Dialog open onClose={onClose} wide locked title={words.costsTitle(plan.name)} about={words.costsAbout}>
      <RefusalLine refusal={refusal} />
      {value === null ? refusal === null && <SkeletonRows rows={5} /> : <Fields sale={value} onClose={onClose} />}
    </Dialog>
  )
}

function Fields({ sale, onClose }: { sale: PlanSaleView; onClose: () => void }) {
  const { again, once } = sale.choices
  const [price, setPrice] = useState(sale.price ?? '')
  const [fee, setFee] = useState(sale.fee ?? '')
  const [first, setFirst] = useState(sale.anchorDay === 1)
  const [slug, setSlug] = useState(sale.slug ?? '')
  const [listed, setListed] = useState(sale.listed)
  const [version, setVersion] = useState(sale.termsVersion ?? '')
  const [url, setUrl] = useState(sale.termsUrl ?? '')
  const [days, setDays] = useState(sale.termDays === null ? '1' : String(sale.termDays))
  const sold = [...again, ...once].find((one) => one.price === sale.price)
  const usual = useCurrency(sale.should?.currency ?? sold?.amount?.currency)
  const [currency, setCurrency] = useState(usual)
  const [cost, setCost] = useState(typedMoney(sale.should?.cost ?? null, usual))
  const [shouldFee, setShouldFee] = useState(typedMoney(sale.should?.fee ?? null, usual))
  const { locale } = useVoice()
  const deed = useDeed()
  const faults = fieldsOf(deed.refusal)
  const soldOnce = once.some((one) => one.price === price)

  async function save(): Promise<void> {
    const sum = (text: string) => (text.trim() === '' ? null : minorOf(text, currency))
    const should = { cost: sum(cost), fee: sum(shouldFee), currency: currency.trim().toLowerCase() }
    const outcome = await deed.run(
      'plans.setSale',
      {
        plan: sale.plan,
        price: price || null,
        fee: fee || null,
        anchorDay: first && !soldOnce ? 1 : null,
        slug: slug.trim() || null,
        listed,
        termsVersion: version.trim() || null,
        termsUrl: url.trim() || null,
        termDays: soldOnce ? Number(days) : null,
        should: should.cost === null && should.fee === null ? null : should,
      },
      ...CHANGED,
    )
    if (outcome.ok) onClose()
  }
  const [only] = again
  const unchosen =
    only === undefined ? words.noPrice : again.length === 1 ? words.onlyOne(sayPrice(only, locale)) : words.notChosen

  return (
    <Form className="grid grid-cols-1 gap-4 sm:grid-cols-2" onSubmit={save}>
      <SelectField
        className="sm:col-span-2"
        label={words.price}
        value={price}
        fault={faults?.price}
        onChange={(event) => setPrice(event.target.value)}
      >
        <option value="">{unchosen}</option>
        <Choices label={words.again} choices={again} />
        <Choices label={words.soldOnce} choices={once} />
      </SelectField>
      {soldOnce && (
        <>
          <TextField
            label={words.termDays}
            type="number"
            min={1}
            max={1_000}
            required
            help={words.termDaysHelp}
            value={days}
            fault={faults?.termDays}
            onChange={(event) => setDays(event.target.value)}
          />
          <p className="text-13 text-ink-3 sm:col-span-2">{words.soldOnceMore}</p>
        </>
      )}
      {!soldOnce && (
        <>
          <SelectField
            label={words.begins}
            value={first ? 'first' : 'today'}
            onChange={(event) => setFirst(event.target.value === 'first')}
          >
            <option value="today">{words.fromToday}</option>
            <option value="first">{words.fromFirst}</option>
          </SelectField>
          <SelectField
            label={words.fee}
            value={fee}
            fault={faults?.fee}
            onChange={(event) => setFee(event.target.value)}
          >
            <option value="">{words.noFee}</option>
            <Choices choices={once} />
          </SelectField>
        </>
      )}
      {!soldOnce && (
        <TextField
          label={words.slug}
          help={words.slugHelp(slug.trim())}
          value={slug}
          fault={faults?.slug}
          onChange={(event) => setSlug(event.target.value)}
        />
      )}
      <CheckLine
        className="self-start sm:mt-5"
        type="checkbox"
        label={words.listed}
        help={words.listedHelp}
        checked={listed}
        onChange={(event) => setListed(event.target.checked)}
      />
      <TextField
        label={words.termsVersion}
        help={words.termsVersionHelp}
        value={version}
        onChange={(event) => setVersion(event.target.value)}
      />
      <TextField
        label={words.termsUrl}
        placeholder="https://example.org/terms"
        value={url}
        fault={faults?.termsUrl}
        onChange={(event) => setUrl(event.target.value)}
      />
      <fieldset className="rounded-md border border-line p-3 sm:col-span-2">
        <legend className="px-1 text-13 font-medium text-ink-2">{words.should}</legend>
        <p className="mb-3 text-13 text-ink-3">{words.shouldMore}</p>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <AmountField
            label={soldOnce ? words.shouldOnce : words.shouldCost}
            currency={currency}
            value={cost}
            onChange={(event) => setCost(event.target.value)}
          />
          <AmountField
            label={words.shouldFee}
            currency={currency}
            value={shouldFee}
            onChange={(event) => setShouldFee(event.target.value)}
          />
          <TextField
            label={words.currency}
            maxLength={3}
            value={currency}
            fault={faults?.should}
            onChange={(event) => setCurrency(event.target.value.toUpperCase())}
          />
        </div>
      </fieldset>
      <div className="flex flex-col gap-3 sm:col-span-2">
        <RefusalLine refusal={faults === null ? deed.refusal : null} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {commonWords.save}
          </Button>
        </div>
      </div>
    </Form>
  )
}

function Choices({ label, choices }: { label?: string; choices: readonly PriceChoice[] }) {
  const { locale } = useVoice()
  const options = choices.map((one) => (
    <option key={one.price} value={one.price}>
      {`${sayPrice(one, locale)} · ${one.nickname ?? one.product}`}
    </option>
  ))
  if (label === undefined || options.length === 0) return options
  return <optgroup label={label}>{options}</optgroup>
}
