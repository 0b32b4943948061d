// What each plan has and brings, now.
import type { MembershipNumbers } from '../../../preload/shapes-numbers.ts'
import { Section } from '../../components/page.tsx'
import { sayCount, sayMoney } from '../../format/money.ts'
import { numbersWords as words } from '../../messages/numbers-en.ts'
import { useNumbersView } from '../../state/numbers-view.ts'
import { useVoice } from '../../state/voice.ts'
import { CsvButton } from './numbers-csv.tsx'
import { NumberTable } from './numbers-table.tsx'

export function PlanTable({ numbers }: { numbers: MembershipNumbers }) {
  const { locale } = useVoice()
  const { which } = useNumbersView()
  const { byPlan, definitions } = numbers
  if (byPlan.length === 0) return null
  return (
    <Section
      title={words.plans}
      about={definitions.byPlan ?? ''}
      aside={<CsvButton what="plans" title={words.plans} which={which} />}
    >
      <NumberTable
        caption={words.plans}
        heads={[words.plan, words.people, words.memberships, words.tiles.mrr]}
        rows={byPlan.map(({ plan, members, memberships, mrr }) => ({
          key: plan.id,
          head: plan.name,
          cells: [sayCount(members, locale), sayCount(memberships, locale), sayMoney(mrr, locale)],
        }))}
      />
    </Section>
  )
}
