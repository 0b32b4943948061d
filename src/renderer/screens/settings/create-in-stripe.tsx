// The one button that makes something in Stripe: a plan's product, price and fee, from what is written down.
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { planWords as words } from '../../messages/plans-en.ts'
import { useDeed } from '../../state/deed.ts'

const CHANGED = ['plans.template', 'plans.lint', 'plans.sale', 'signUps.plans', 'mapping.get'] as const

export function CreateInStripe({ plan }: { plan: { id: string; name: string } }) {
  const deed = useDeed()
  return (
    <>
      <Button
        size="small"
        aria-label={words.createOf(plan.name)}
        disabled={deed.busy}
        onClick={() => void deed.run('plans.createInStripe', { plan: plan.id }, ...CHANGED)}
      >
        {words.create}
      </Button>
      <RefusalLine refusal={deed.refusal} />
    </>
  )
}
