// What a person was and when; and everything that happened, from Stripe's event to the door.
import { BadgeCheck, CreditCard, DoorOpen, Download, type LucideIcon, Tags, UserPen, Zap } from 'lucide-react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { TimelineRow } from '../../../preload/shapes-inbox.ts'
import { SkeletonRows } from '../../components/later.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { useReading } from '../../state/readings.ts'

export function History({ member }: { member: MemberPanel }) {
  if (member.history.length === 0) return <p className="text-14 text-ink-3">{words.historyEmpty}</p>
  return (
    <ol className="divide-y divide-line rounded-md border border-line">
      {member.history.map((step) => (
        <li key={`${step.at} ${step.standing} ${step.plan}`} className="flex items-start gap-3 px-3 py-2.5">
          <Moment at={step.at} as="day" className="w-20 shrink-0 pt-0.5 text-13 text-ink-3" />
          <span className="min-w-0 flex-1">
            <span className="block text-14">{step.plan}</span>
            <span className="block text-13 text-ink-3 first-letter:uppercase">{step.why}</span>
          </span>
          <StandingChip standing={step.standing} />
        </li>
      ))}
    </ol>
  )
}

const ICONS: Record<TimelineRow['kind'], LucideIcon> = {
  event: Zap,
  fetched: Download,
  standing: BadgeCheck,
  plan: Tags,
  card: CreditCard,
  door: DoorOpen,
  action: UserPen,
}

export function Timeline({ id }: { id: string }) {
  const { value, refusal } = useReading('members.timeline', { id })
  if (value === null) return refusal === null ? <SkeletonRows rows={5} /> : <RefusalLine refusal={refusal} />
  if (value.length === 0) return <p className="text-14 text-ink-3">{words.timelineEmpty}</p>
  return (
    <ol className="divide-y divide-line rounded-md border border-line">
      {value.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of one moment have no name of their own.
        <li key={`${row.at} ${index}`} className="flex items-start gap-3 px-3 py-2">
          <KindIcon kind={row.kind} />
          <span className="min-w-0 flex-1">
            <span className="block text-13 text-ink-3">
              {words.timelineKinds[row.kind]}, <Moment at={row.at} />
            </span>
            <span className="block text-14">{row.text}</span>
            {row.detail !== null && <span className="block truncate text-13 text-ink-3">{row.detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}

function KindIcon({ kind }: { kind: TimelineRow['kind'] }) {
  const Icon = ICONS[kind]
  return <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" strokeWidth={2} />
}
