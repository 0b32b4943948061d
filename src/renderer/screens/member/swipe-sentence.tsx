// Why a door answered as it did, read on purpose, with its one button.
import type { FeedRow } from '../../../preload/shapes-doors.ts'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { useReading } from '../../state/readings.ts'
import { RemedyButton } from './remedy-button.tsx'

const TONES = { granted: 'still', grace: 'grace', refused: 'refused', note: 'note', told: 'still' } as const

export function SwipeSentence({ swipe, member }: { swipe: FeedRow; member: { id: string; name: string } | null }) {
  const { value: why, refusal } = useReading('feed.why', { seq: swipe.seq })
  if (refusal !== null && why === null) return <RefusalLine refusal={refusal} />
  if (why === null) return null
  // Somebody else's card is not this person's to take: then the card is assigned to whoever is chosen.
  const whose = why.remedy === 'assign-card' ? null : member
  return (
    <Notice
      tone={TONES[swipe.verdict]}
      action={why.remedy && <RemedyButton remedy={why.remedy} member={whose} card={why.card} payAt={why.payAt} />}
    >
      <span className="block text-13 text-ink-2">
        {swipe.door.name}, <Moment at={swipe.at} />
      </span>
      {why.sentence}
    </Notice>
  )
}
