// What the person was shown, and until when it holds. Where the space has no inductions there is nothing to show.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayDay } from '../../format/moments.ts'
import { inductionWords as words } from '../../messages/company-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { GiveInduction } from './give-induction.tsx'
import { Part } from './part.tsx'

export function InductionsPart({ member }: { member: MemberPanel }) {
  const [giving, setGiving] = useState(false)
  const deed = useDeed()
  const voice = useVoice()
  const day = (at: number) => sayDay(at, deskNow(), voice)
  if (member.inductions.length === 0) return null
  const held = member.inductions.flatMap(({ id, name, given }) => (given === null ? [] : [{ id, name, ...given }]))
  return (
    <Part
      title={words.title}
      aside={
        <Button size="small" onClick={() => setGiving(true)}>
          {words.give}
        </Button>
      }
    >
      {held.length === 0 ? (
        <p className="text-14 text-ink-3">{words.none}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {held.map(({ id, name, at, until, by, over }) => (
            <li key={id} className="flex items-center justify-between gap-3 px-3 py-2">
              <p className="min-w-0">
                <span className="block truncate text-14 font-medium">{name}</span>
                <span className="flex flex-wrap gap-x-3 text-13 text-ink-3">
                  <span>{words.since(day(Date.parse(at)), by)}</span>
                  {until !== null && (
                    <span className={over ? 'text-refused-ink' : ''}>
                      {(over ? words.over : words.untilDay)(day(Date.parse(until) - 1))}
                    </span>
                  )}
                </span>
              </p>
              <Button
                size="small"
                rank="quiet"
                disabled={deed.busy}
                aria-label={words.takeBackOf(name)}
                onClick={() =>
                  void deed.run('inductions.take', { member: member.id, induction: id }, 'members.get', 'feed.why')
                }
              >
                {words.takeBack}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <RefusalLine refusal={deed.refusal} />
      {giving && <GiveInduction member={member} onClose={() => setGiving(false)} />}
    </Part>
  )
}
