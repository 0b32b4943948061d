// The Desk: who should see the desk, the doors' feed, who came in today, what there is to do. In public view.
import { sayLongDay, sayTime } from '../../format/moments.ts'
import { screenNames } from '../../messages/frame-en.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { useDesk, useVoice } from '../../state/voice.ts'
import { CameIn } from './came-in.tsx'
import { Feed } from './feed.tsx'
import { Refusals } from './refusals.tsx'
import { Todo } from './todo.tsx'

export function DeskScreen() {
  return (
    <div className="mx-auto flex min-h-full w-full max-w-[1680px] flex-col gap-5 p-4 wide:p-6">
      <Heading />
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] items-start gap-4 wide:gap-6">
        <div className="flex min-w-0 flex-col gap-6">
          <Refusals />
          <Feed />
        </div>
        <div className="flex min-w-0 flex-col gap-4 wide:gap-6">
          <CameIn />
          <Todo />
        </div>
      </div>
    </div>
  )
}

function Heading() {
  const desk = useDesk()
  const voice = useVoice()
  const now = useDeskNow(5_000)
  return (
    <div className="flex items-baseline justify-between gap-4">
      <h1 className="truncate text-28 font-semibold">{desk?.spaceName ?? screenNames.desk}</h1>
      <p className="flex shrink-0 items-baseline gap-3 text-16 text-ink-2">
        <span className="hidden wide:inline">{sayLongDay(now, voice)}</span>
        <span className="figures text-28 font-semibold text-ink">{sayTime(now, voice)}</span>
      </p>
    </div>
  )
}
