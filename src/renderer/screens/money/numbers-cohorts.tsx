// Of those who joined in a month: who is still there.
import type { MembershipNumbers } from '../../../preload/shapes-numbers.ts'
import { Section } from '../../components/page.tsx'
import { sayMonth } from '../../format/moments.ts'
import { sayCount } from '../../format/money.ts'
import { numbersWords as words } from '../../messages/numbers-en.ts'
import { useNumbersView } from '../../state/numbers-view.ts'
import { useVoice } from '../../state/voice.ts'
import { CsvButton } from './numbers-csv.tsx'
import { sayPercent } from './numbers-figures.tsx'
import { NumberTable } from './numbers-table.tsx'

export function CohortTable({ numbers }: { numbers: MembershipNumbers }) {
  const { locale } = useVoice()
  const { which } = useNumbersView()
  const { cohorts, definitions } = numbers
  const cellOf = (here: number | undefined, joined: number) =>
    here === undefined || joined === 0
      ? ''
      : {
          words: sayPercent(here / joined, locale, 0),
          part: here / joined,
          full: words.here(sayCount(here, locale), sayCount(joined, locale)),
        }
  return (
    <Section
      title={words.cohorts}
      about={definitions.cohorts ?? ''}
      aside={<CsvButton what="cohorts" title={words.cohorts} which={which} />}
    >
      <NumberTable
        dense
        caption={words.cohorts}
        heads={[words.joinedIn, words.tiles.joined, ...cohorts.map((_, after) => words.after(after))]}
        rows={cohorts.map(({ month, joined, here }) => ({
          key: month,
          head: sayMonth(month, locale),
          cells: [sayCount(joined, locale), ...cohorts.map((_, after) => cellOf(here[after], joined))],
        }))}
      />
    </Section>
  )
}
