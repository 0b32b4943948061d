// How often members come, and when doors are busiest.
import type { VisitNumbers } from '../../../preload/shapes-numbers.ts'
import { Button } from '../../components/button.tsx'
import { Chart } from '../../components/chart.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { sayLongDate } from '../../format/moments.ts'
import { sayCount } from '../../format/money.ts'
import { numbersWords as words } from '../../messages/numbers-en.ts'
import { renew, useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { CsvButton } from './numbers-csv.tsx'
import { NumberTable } from './numbers-table.tsx'

export function VisitsPart() {
  const { value: visits, refusal } = useReading('numbers.visits', {})
  if (visits === null)
    return (
      refusal !== null && (
        <Section title={words.visits}>
          <RefusalLine refusal={refusal} />
          <Button size="small" className="mt-3" onClick={() => renew('numbers.visits')}>
            {words.again}
          </Button>
        </Section>
      )
    )
  return (
    <>
      <Often visits={visits} />
      {visits.days !== null && <Busy visits={visits} />}
    </>
  )
}

function Often({ visits }: { visits: VisitNumbers }) {
  const { locale } = useVoice()
  const { days, bands, mean, median, definitions } = visits
  const say = (n: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(n)
  return (
    <Section
      title={words.visits}
      about={definitions.visits ?? ''}
      aside={days !== null && <CsvButton what="visits" title={words.visits} />}
    >
      {days === null ? (
        <p className="text-14 text-ink-3">{words.noVisits}</p>
      ) : (
        <>
          <p className="mb-3 text-14 text-ink-2">
            {words.between(
              sayLongDate(days.from, locale),
              sayLongDate(days.to, locale),
              sayCount(days.count, locale),
              days.count,
            )}
            {mean !== null && median !== null && <>: {words.average(say(mean), say(median))}</>}
          </p>
          <Chart
            first={words.days}
            data={{
              caption: definitions.visits ?? words.visits,
              series: [{ key: 'people', words: words.people, look: 'plain' }],
              columns: bands.map(({ from, to, people }) => ({
                key: String(from),
                words: to === null ? `${from}+` : from === to ? String(from) : `${from}–${to}`,
                values: { people },
              })),
              say: (n) => sayCount(n, locale),
              saySmall: (n) => sayCount(n, locale),
            }}
          />
        </>
      )}
    </Section>
  )
}

const hourWords = (hour: number) => String(hour).padStart(2, '0')

/** From the first to the last hour at which anybody ever comes. */
function hoursShown(hours: VisitNumbers['hours']): number[] {
  const used = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => hours.some((row) => (row[hour] ?? 0) > 0))
  const [first = 0, last = 23] = [used[0], used.at(-1)]
  return Array.from({ length: last - first + 1 }, (_, n) => first + n)
}

function Busy({ visits }: { visits: VisitNumbers }) {
  const { locale } = useVoice()
  const { hours, definitions } = visits
  const shown = hoursShown(hours)
  const most = Math.max(...hours.flat())
  // A week that began on Monday, for its names.
  const weekday = (n: number) =>
    new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + n))
  const figure = (n: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: n < 10 ? 1 : 0 }).format(n)
  return (
    <Section title={words.hours} about={definitions.hours ?? ''} aside={<CsvButton what="hours" title={words.hours} />}>
      <NumberTable
        dense
        caption={words.hours}
        heads={[words.weekday, ...shown.map(hourWords)]}
        rows={hours.map((row, n) => ({
          key: String(n),
          head: weekday(n),
          cells: shown.map((hour) => {
            const value = row[hour] ?? 0
            return { words: figure(value), part: most === 0 ? 0 : value / most }
          }),
        }))}
      />
    </Section>
  )
}
