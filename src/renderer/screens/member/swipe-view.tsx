// A card that says nobody's name: what the door made of it, and the way to give it to somebody.
import type { FeedRow } from '../../../preload/shapes-doors.ts'
import { Avatar } from '../../components/avatar.tsx'
import { deskWords } from '../../messages/desk-en.ts'
import { SwipeSentence } from './swipe-sentence.tsx'

export function SwipeView({ swipe }: { swipe: FeedRow }) {
  return (
    <article className="flex flex-col gap-4 p-5">
      <div className="flex items-center gap-4">
        <Avatar person={null} size="large" />
        <div className="min-w-0">
          <h2 className="text-20 font-semibold">
            {swipe.card === '' ? deskWords.unreadableName : deskWords.unknownName}
          </h2>
          {swipe.card !== '' && <p className="figures text-14 text-ink-2">{swipe.card}</p>}
        </div>
      </div>
      <SwipeSentence swipe={swipe} member={null} />
    </article>
  )
}
