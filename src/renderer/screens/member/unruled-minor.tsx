// Somebody under age who comes in like everybody else, because nobody has set rules for them.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { companyWords as words } from '../../messages/company-en.ts'
import { MinorForm } from './minor-form.tsx'

export function UnruledMinor({ member }: { member: MemberPanel }) {
  const [asked, setAsked] = useState(false)
  if (!member.unruledMinor) return null
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
        {words.unruled(member.name)}
      </Notice>
      {asked && <MinorForm member={member} onClose={() => setAsked(false)} />}
    </>
  )
}
