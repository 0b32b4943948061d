// The rules for coming in of somebody under age, as one line of the panel.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { sayDay } from '../../format/moments.ts'
import { companyWords as words } from '../../messages/company-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { MinorForm } from './minor-form.tsx'

type Props = { member: MemberPanel; minor: NonNullable<MemberPanel['minor']> }

export function MinorRules({ member, minor }: Props) {
  const [changing, setChanging] = useState(false)
  const [asked, setAsked] = useState(false)
  const deed = useDeed()
  const voice = useVoice()
  const { ofAge, guardianNeeded, guardians, hours } = minor
  // Noon of that day falls on that day in every zone.
  const day = sayDay(Date.parse(`${ofAge}T12:00:00Z`), deskNow(), { ...voice, zone: 'UTC' })
  const names = guardians.map(({ name, isIn }) => (isIn ? words.guardianIn(name) : name)).join(', ')
  const facts = [
    guardianNeeded ? words.minorWith(names) : words.minorAlone,
    hours === null ? null : words.minorHours(hours.name),
  ].filter((text) => text !== null)
  return (
    <li className="flex flex-col gap-2 px-3 py-2">
      <p>
        <span className="block text-14 font-medium">{words.minor(day)}</span>
        <span className="flex flex-wrap gap-x-3 text-13 text-ink-3">
          {facts.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </span>
      </p>
      {asked ? (
        <Confirm
          ask={words.takeOffAsk}
          doIt={words.takeOff}
          busy={deed.busy}
          onDo={() => void deed.run('members.clearMinor', { member: member.id }, 'members.get', 'feed.why')}
          onKeep={() => setAsked(false)}
        />
      ) : (
        <div className="-ml-3 flex">
          <Button size="small" rank="quiet" onClick={() => setChanging(true)}>
            {words.change}
          </Button>
          <Button size="small" rank="quiet" onClick={() => setAsked(true)}>
            {words.takeOff}
          </Button>
        </div>
      )}
      <RefusalLine refusal={deed.refusal} />
      {changing && <MinorForm member={member} onClose={() => setChanging(false)} />}
    </li>
  )
}
