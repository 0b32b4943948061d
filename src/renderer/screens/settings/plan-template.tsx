// Starting from the template: what is here, what Stripe has of it, and making what is missing.
import { useState } from 'react'
import type { PlanTemplate } from '../../../preload/shapes-plans.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayMoney } from '../../format/money.ts'
import { sayPrice } from '../../format/price.ts'
import { planWords as words } from '../../messages/plans-en.ts'
import { fieldsOf, useDeed } from '../../state/deed.ts'
import { useSteadyReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { CreateInStripe } from './create-in-stripe.tsx'

const CHANGED = ['plans.template', 'plans.list', 'signUps.plans', 'plans.sale', 'mapping.get', 'plans.lint'] as const

export function PlanTemplateDialog({ onClose }: { onClose: () => void }) {
  const [asked, setAsked] = useState<string | null>(null)
  const { value, refusal } = useSteadyReading('plans.template', asked === null ? {} : { currency: asked })
  return (
    <Dialog open onClose={onClose} wide title={words.templateTitle} about={words.templateAbout}>
      {value === null ? (
        <>
          {refusal === null && <SkeletonRows rows={6} />}
          <RefusalLine refusal={refusal} />
        </>
      ) : (
        <Template template={value} refusal={refusal} onCurrency={setAsked} />
      )}
    </Dialog>
  )
}

type Props = {
  template: PlanTemplate
  refusal: Parameters<typeof RefusalLine>[0]['refusal']
  onCurrency: (currency: string) => void
}

function Template({ template, refusal, onCurrency }: Props) {
  const [currency, setCurrency] = useState(template.currency?.toUpperCase() ?? '')
  const [terms, setTerms] = useState(template.terms.map((of) => ({ of, version: '1', url: '' })))
  const deed = useDeed()
  const faults = fieldsOf(deed.refusal)
  const missing = template.plans.filter(({ plan }) => plan === null).length

  async function make(): Promise<void> {
    const said = terms.map(({ of, version, url }) => [
      of,
      { version: version.trim() || '1', ...(url.trim() === '' ? {} : { url: url.trim() }) },
    ])
    await deed.run('plans.fromTemplate', { currency, terms: Object.fromEntries(said) }, ...CHANGED)
  }

  return (
    <Form onSubmit={make}>
      <ul className="divide-y divide-line rounded-md border border-line">
        {template.plans.map((one) => (
          <TemplateLine key={one.slug} one={one} />
        ))}
      </ul>
      {missing === 0 ? (
        <p role="status" className="text-14 text-ink-2">
          {words.allHere}
        </p>
      ) : (
        <>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,1fr)_96px]">
            {terms.map((one, at) => (
              <TermsFields
                key={one.of}
                of={one.of}
                version={one.version}
                url={one.url}
                fault={faults?.[one.of]}
                onChange={(change) => setTerms(terms.map((other, n) => (n === at ? { ...other, ...change } : other)))}
              />
            ))}
          </div>
          <div className="flex flex-wrap items-end justify-between gap-3">
            <TextField
              className="w-28"
              label={words.currency}
              maxLength={3}
              required
              value={currency}
              fault={faults?.currency}
              onChange={(event) => {
                const typed = event.target.value.toUpperCase()
                setCurrency(typed)
                if (/^[A-Z]{3}$/.test(typed)) onCurrency(typed.toLowerCase())
              }}
            />
            <Button rank="primary" type="submit" disabled={deed.busy}>
              {words.makePlans(missing)}
            </Button>
          </div>
        </>
      )}
      <RefusalLine refusal={faults === null ? (deed.refusal ?? refusal) : null} />
    </Form>
  )
}

type TermsProps = {
  of: keyof typeof words.terms
  version: string
  url: string
  fault: string | undefined
  onChange: (change: { version?: string; url?: string }) => void
}

function TermsFields({ of, version, url, fault, onChange }: TermsProps) {
  return (
    <>
      <TextField
        label={`${words.terms[of]}: ${words.address.toLowerCase()}`}
        placeholder="https://example.org/terms"
        value={url}
        fault={fault}
        onChange={(event) => onChange({ url: event.target.value })}
      />
      <TextField
        label={words.version}
        aria-label={`${words.terms[of]}: ${words.version.toLowerCase()}`}
        value={version}
        onChange={(event) => onChange({ version: event.target.value })}
      />
    </>
  )
}

function TemplateLine({ one }: { one: PlanTemplate['plans'][number] }) {
  const { locale } = useVoice()
  const { name, price, fee, fromFirst, listed, terms, plan, found, foundFee, complete } = one
  const costs = [
    sayPrice({ amount: price, interval: 'month' }, locale),
    words.fee1(sayMoney(fee, locale)),
    fromFirst ? words.begin.first : words.begin.today,
    ...(listed ? [] : [words.unlisted]),
    words.terms[terms],
  ]
  const inStripe = [
    plan === null ? words.notHere : words.isHere,
    found === null ? words.notFound : words.found(sayPrice(found, locale)),
    foundFee === null
      ? words.feeNotFound
      : words.feeFound(foundFee.amount === null ? words.byUse : sayMoney(foundFee.amount, locale)),
  ]
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-[1_1_300px]">
        <p className="text-14 font-medium">{name}</p>
        <p className="text-13 text-ink-2">{costs.join(' · ')}</p>
        <p className="text-13 text-ink-3">{inStripe.join(' · ')}</p>
      </div>
      {plan !== null && !complete && <CreateInStripe plan={plan} />}
    </li>
  )
}
