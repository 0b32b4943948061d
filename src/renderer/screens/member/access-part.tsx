// Access by a person's word: what is given now, and one more.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayDay } from '../../format/moments.ts'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { GiveAccess } from './give-access.tsx'
import { KeysAndBar } from './keys-and-bar.tsx'
import { Part } from './part.tsx'

export function AccessPart({ member }: { member: MemberPanel }) {
  const [giving, setGiving] = useState(false)
  const deed = useDeed()
  const voice = useVoice()
  return (
    <Part
      title={words.access}
      aside={
        <Button size="small" onClick={() => setGiving(true)}>
          {words.give}
        </Button>
      }
    >
      {member.overrides.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {member.overrides.map(({ id, until, why, by }) => (
            <li key={id} className="flex items-center justify-between gap-3 px-3 py-2">
              <p className="min-w-0">
                <span className="block text-14 font-medium">
                  {words.accessUntil(sayDay(Date.parse(until) - 1, deskNow(), voice))}
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
      {giving && <GiveAccess member={member} until={null} open onClose={() => setGiving(false)} />}
    </Part>
  )
}
