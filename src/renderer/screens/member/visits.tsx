// Visits: every swipe of this person, newest first, with what the door said.
import { CircleAlert, CircleCheck } from 'lucide-react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Moment } from '../../components/moment.tsx'
import { panelWords } from '../../messages/members-en.ts'
import { WhyExactly } from './why-exactly.tsx'

export function Visits({ member }: { member: MemberPanel }) {
  if (member.visits.length === 0) return <p className="py-2 text-14 text-ink-3">{panelWords.noVisits}</p>
  return (
    <ol className="divide-y divide-line">
      {member.visits.map((visit) => {
        const Icon = visit.grant ? CircleCheck : CircleAlert
        return (
          <li key={visit.seq} className="flex gap-3 py-2.5">
            <Icon
              aria-label={visit.grant ? panelWords.opens : panelWords.stays}
              className={`mt-0.5 size-4 shrink-0 ${visit.grant ? 'text-granted' : 'text-refused'}`}
              strokeWidth={2.25}
            />
            <div className="min-w-0 flex-1">
              <p className="flex justify-between gap-3 text-14">
                <span className="font-medium">{visit.door}</span>
                <Moment at={visit.at} className="shrink-0 text-ink-2" />
              </p>
              <p className="text-13 text-ink-3">{visit.sentence}</p>
              <WhyExactly seq={visit.seq} />
            </div>
          </li>
        )
      })}
    </ol>
  )
}
