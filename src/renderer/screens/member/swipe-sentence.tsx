// Why a door answered as it did, read on purpose, with its buttons.
import type { FeedRow } from '../../../preload/shapes-doors.ts'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { useReading } from '../../state/readings.ts'
import { Remedies } from './remedy-button.tsx'
import { WhyExactly } from './why-exactly.tsx'

const TONES = { granted: 'still', grace: 'grace', refused: 'refused', note: 'note', told: 'still' } as const

export function SwipeSentence({ swipe, member }: { swipe: FeedRow; member: { id: string; name: string } | null }) {
  const { value: why, refusal } = useReading('feed.why', { seq: swipe.seq })
  if (refusal !== null && why === null) return <RefusalLine refusal={refusal} />
  if (why === null) return null
  // Somebody else's card is not this person's to take: then the card is assigned to whoever is chosen.
  const whose = why.remedies.includes('assign-card') ? null : member
  return (
    <Notice
      tone={TONES[swipe.verdict]}
      action={
        why.remedies.length > 0 && (
          <Remedies
            remedies={why.remedies}
            member={whose}
            card={why.card}
            sameAs={why.sameAs}
            seq={swipe.seq}
            door={swipe.door}
          />
        )
      }
    >
      <span className="block text-13 text-ink-2">
        {swipe.door.name}, <Moment at={swipe.at} />
      </span>
      {why.sentence}
      <WhyExactly seq={swipe.seq} />
    </Notice>
  )
}
