// What the rule would have changed: counts first, then whom, where and how often; or that it changes nothing.
import { CircleAlert, CircleCheck, Download, Printer } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { WhatIf } from '../../../preload/shapes-what-if.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { sayCount } from '../../format/money.ts'
import { whatIfWords as words } from '../../messages/what-if-en.ts'
import { useDeed } from '../../state/deed.ts'
import { linkTo } from '../../state/route.ts'
import { saveFile } from '../../state/save-file.ts'
import { useVoice } from '../../state/voice.ts'
import { type Tried, tryRule } from '../../state/what-if.ts'
import { WhatIfTable } from './what-if-table.tsx'

export function WhatIfResult({ result, tried }: { result: WhatIf; tried: Tried }) {
  const { locale } = useVoice()
  const deed = useDeed()
  const count = (n: number) => sayCount(n, locale)
  const { rows, total, letIn, refused, swipes } = result
  async function download(): Promise<void> {
    const outcome = await deed.run('whatIf.csv', tried)
    if (outcome.ok) saveFile(outcome.value.name, outcome.value.csv)
  }
  const whole = useRef<HTMLDivElement>(null)
  // It stands below the form, perhaps below the window.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each result comes into view.
  useEffect(() => {
    whole.current?.scrollIntoView({ block: 'nearest' })
  }, [result])
  return (
    <div ref={whole} className="print-sheet scroll-my-4">
      <Section
        title={words.result}
        aside={
          total > 0 && (
            <div className="flex gap-2 print:hidden">
              <Button size="small" disabled={deed.busy} onClick={() => void download()}>
                <Download className="size-4" />
                {words.csv}
              </Button>
              <Button size="small" onClick={() => window.print()}>
                <Printer className="size-4" />
                {words.print}
              </Button>
            </div>
          )
        }
      >
        <div className="flex flex-col gap-4">
          <RefusalLine refusal={deed.refusal} />
          <p className="text-14 text-ink-2">
            {words.tried(inWords(tried.change))} {words.between} <Moment at={result.from} as="day" /> {words.and}{' '}
            <Moment at={result.until} as="day" />.
          </p>
          {total === 0 ? (
            <Nothing result={result} tried={tried} />
          ) : (
            <>
              <div role="status" className="flex flex-col gap-1 text-16">
                <Count
                  none={letIn.people === 0}
                  icon={<CircleCheck className={cx('size-5', letIn.people > 0 && 'text-granted-ink')} />}
                >
                  {letIn.people === 0
                    ? words.nobodyLetIn
                    : words.letIn(
                        count(letIn.people),
                        words.times(count(letIn.swipes), letIn.swipes),
                        letIn.people === 1,
                      )}
                </Count>
                <Count
                  none={refused.people === 0}
                  icon={<CircleAlert className={cx('size-5', refused.people > 0 && 'text-refused-ink')} />}
                >
                  {refused.people === 0
                    ? words.nobodyRefused
                    : words.refused(
                        count(refused.people),
                        words.times(count(refused.swipes), refused.swipes),
                        refused.people === 1,
                      )}
                </Count>
              </div>
              <WhatIfTable rows={rows} />
              {rows.length < total && (
                <p className="text-13 text-ink-3">{words.shown(count(rows.length), count(total))}</p>
              )}
            </>
          )}
          <Unknown result={result} />
          <div className="flex flex-col gap-1 text-13 text-ink-3">
            <p>
              {words.lookedAt(count(swipes), tried.days)}{' '}
              {result.byThemselves > 0 && words.byThemselves(count(result.byThemselves), result.byThemselves === 1)}
            </p>
            <p>{result.definition}</p>
          </div>
        </div>
      </Section>
    </div>
  )
}

function inWords({ graceDays = {}, endOfDay, pauseOpens, allowance, planHours }: Tried['change']): string[] {
  const { rules } = words
  const grace = (['card', 'bank-debit', 'manual'] as const).flatMap((method) => {
    const days = graceDays[method]
    return days === undefined ? [] : [rules.grace(method, days)]
  })
  return [
    ...grace,
    ...(endOfDay === undefined ? [] : [rules.endOfDay(endOfDay)]),
    ...(pauseOpens === undefined ? [] : [rules.pauses]),
    ...(allowance === undefined ? [] : [rules.allowance(allowance.days)]),
    ...(planHours === undefined ? [] : [rules.hours]),
  ]
}

function Count({ icon, none, children }: { icon: ReactNode; none: boolean; children: string }) {
  return (
    <p className={cx('flex items-center gap-2', none ? 'text-ink-3' : 'font-medium')}>
      {icon}
      {children}
    </p>
  )
}

/** And which days of grace would change something. */
function Nothing({ result: { swipes, needs }, tried }: { result: WhatIf; tried: Tried }) {
  const { locale } = useVoice()
  const again = (method: (typeof needs)[number]['method'], days: number) => {
    const { change } = tried
    void tryRule({ ...tried, change: { ...change, graceDays: { ...change.graceDays, [method]: days } } })
  }
  return (
    <Notice
      tone="note"
      role="status"
      action={
        <div className="flex flex-wrap gap-2 print:hidden">
          {needs.map(({ method, days }) => (
            <Button key={method} size="small" onClick={() => again(method, days)}>
              {words.grace[method]}: {words.tryDays(days)}
            </Button>
          ))}
          <a href={linkTo('settings', 'access')} className={buttonClass('quiet', 'small')}>
            {words.setting}
          </a>
        </div>
      }
    >
      <p className="font-medium">{words.nothing}</p>
      <p>{swipes === 0 ? words.nothingAtAll : words.nothingMore(sayCount(swipes, locale))}</p>
      {needs.map(({ method, days }) => (
        <p key={method}>{words.needs[method](days)}</p>
      ))}
    </Notice>
  )
}

function Unknown({ result: { unknown } }: { result: WhatIf }) {
  const { locale } = useVoice()
  if (unknown.count === 0) return null
  return (
    <Notice tone="still">
      <p>{words.unknown(sayCount(unknown.count, locale), unknown.count === 1)}</p>
      <ul className="list-disc pl-5 text-13 text-ink-2">
        {unknown.why.map(({ count, words: why }) => (
          <li key={why}>
            {sayCount(count, locale)}: {why}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
