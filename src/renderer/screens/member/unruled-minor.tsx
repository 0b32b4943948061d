// Somebody under age who comes in like everybody else, because nobody has set rules for them.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { sayDay } from '../../format/moments.ts'
import { companyWords as words } from '../../messages/company-en.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { MinorForm } from './minor-form.tsx'

export function UnruledMinor({ member }: { member: MemberPanel }) {
  const [asked, setAsked] = useState(false)
  const voice = useVoice()
  if (member.unruledUntil === null) return null
  // Noon of that day falls on that day in every zone.
  const day = sayDay(Date.parse(`${member.unruledUntil}T12:00:00Z`), deskNow(), { ...voice, zone: 'UTC' })
  return (
    <>
      <Notice
        tone="grace"
        action={
          <Button size="small" onClick={() => setAsked(true)}>
            {words.setRules}
          </Button>
        }
      >
        {words.unruled(member.name, day)}
      </Notice>
      {asked && <MinorForm member={member} onClose={() => setAsked(false)} />}
    </>
  )
}
