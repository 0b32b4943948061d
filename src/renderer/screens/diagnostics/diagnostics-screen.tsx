// Everything the desk leans on, line by line, with what to do.
import { CircleAlert, CircleCheck, CircleHelp, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { DiagnosticLine } from '../../../preload/shapes-inbox.ts'
import { Button } from '../../components/button.tsx'
import { Chip, type Tone } from '../../components/chip.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page, Section } from '../../components/page.tsx'
import { commonWords } from '../../messages/frame-en.ts'
import { diagnosticPageWords as words } from '../../messages/inbox-en.ts'
import { renew, useReading } from '../../state/readings.ts'

const GROUPS = Object.keys(words.groups) as DiagnosticLine['group'][]
const LOOKS: Record<DiagnosticLine['state'], [Tone, LucideIcon]> = {
  good: ['granted', CircleCheck],
  look: ['grace', TriangleAlert],
  bad: ['refused', CircleAlert],
  unknown: ['still', CircleHelp],
}

export function DiagnosticsScreen() {
  const { value, refusal } = useReading('diagnostics.get', {})
  const lines = value?.lines ?? []
  const [copied, setCopied] = useState(false)
  const amiss = lines.filter(({ state }) => state === 'bad' || state === 'look').length

  async function copy(): Promise<void> {
    const text = lines.map(({ label, state, says, todo }) =>
      [`${words.states[state]}: ${label}.`, says, todo ?? ''].join(' ').trim(),
    )
    await navigator.clipboard.writeText([value?.at ?? '', ...text].join('\n'))
    setCopied(true)
  }
  return (
    <Page
      title={words.title}
      narrow
      aside={
        <div className="flex gap-2">
          <Button disabled={value === null} onClick={() => void copy()}>
            {copied ? commonWords.copied : words.copy}
          </Button>
          <Button
            rank="primary"
            onClick={() => {
              setCopied(false)
              renew('diagnostics.get')
            }}
          >
            {words.again}
          </Button>
        </div>
      }
    >
      <p role="status" className="-mt-3 text-14 text-ink-3">
        {value === null ? words.about : words.sum(amiss)} {value !== null && <Moment at={value.at} />}
      </p>
      <RefusalLine refusal={refusal} />
      {value === null && refusal === null && (
        <div className="card">
          <SkeletonRows rows={6} />
        </div>
      )}
      {value !== null &&
        GROUPS.map((group) => (
          <Section key={group} title={words.groups[group]}>
            <ul className="divide-y divide-line rounded-md border border-line">
              {lines
                .filter((line) => line.group === group)
                .map((line) => (
                  <Line key={line.id} line={line} />
                ))}
            </ul>
          </Section>
        ))}
    </Page>
  )
}

function Line({ line }: { line: DiagnosticLine }) {
  const [tone, icon] = LOOKS[line.state]
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="text-14">
          <span className="font-medium">{line.label}</span>
          {line.says !== '' && <span className="ml-2 text-ink-2">{line.says}</span>}
        </p>
        {line.todo !== null && <p className="mt-0.5 text-13 text-ink-2">{line.todo}</p>}
      </div>
      <Chip tone={tone} icon={icon}>
        {words.states[line.state]}
      </Chip>
    </li>
  )
}
