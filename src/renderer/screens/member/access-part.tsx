// Access by a person's word: what is given now, and one more.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayUntil } from '../../format/moments.ts'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { onceWords } from '../../messages/company-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { GiveAccess } from './give-access.tsx'
import { KeysAndBar } from './keys-and-bar.tsx'
import { LetInOnce } from './let-in-once.tsx'
import { Part } from './part.tsx'

export function AccessPart({ member }: { member: MemberPanel }) {
  const [asked, setAsked] = useState<'once' | 'give' | null>(null)
  const onClose = () => setAsked(null)
  const deed = useDeed()
  const voice = useVoice()
  return (
    <Part
      title={words.access}
      aside={
        <div className="flex gap-2">
          <Button size="small" rank="quiet" onClick={() => setAsked('once')}>
            {onceWords.doIt}
          </Button>
          <Button size="small" onClick={() => setAsked('give')}>
            {words.give}
          </Button>
        </div>
      }
    >
      {member.overrides.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {member.overrides.map(({ id, until, why, by, door, left }) => (
            <li key={id} className="flex items-center justify-between gap-3 px-3 py-2">
              <p className="min-w-0">
                <span className="block text-14 font-medium">
                  {terms(left, sayUntil(Date.parse(until), deskNow(), voice), door?.name ?? null)}
                </span>
                <span className="block truncate text-13 text-ink-3">{words.accessBy(why, by)}</span>
              </p>
              <Button
                size="small"
                rank="quiet"
                disabled={deed.busy}
                onClick={() => void deed.run('access.end', { id }, 'members.get', 'inbox.list')}
              >
                {words.endAccess}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <KeysAndBar member={member} />
      <RefusalLine refusal={deed.refusal} />
      {asked === 'give' && <GiveAccess member={member} until={null} open onClose={onClose} />}
      {asked === 'once' && <LetInOnce member={member} before={member.letInOnce} door={null} onClose={onClose} />}
    </Part>
  )
}

function terms(left: number | null, until: string, door: string | null): string {
  if (left === null) return words.accessUntil(until, door)
  return left === 1 ? onceWords.line(until, door) : onceWords.usesLine(left, until, door)
}
