// With whom somebody comes in: their hosts, their guests, and the rules for whoever is under age.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayUntil } from '../../format/moments.ts'
import { companyWords as words } from '../../messages/company-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { InviteGuest } from './invite-guest.tsx'
import { MinorForm } from './minor-form.tsx'
import { MinorRules } from './minor-rules.tsx'
import { Part } from './part.tsx'

export function CompanyPart({ member }: { member: MemberPanel }) {
  const [asked, setAsked] = useState<'guest' | 'minor' | null>(null)
  const deed = useDeed()
  const voice = useVoice()
  const { hosts, guests, minor } = member
  const until = (at: string) => words.untilWhen(sayUntil(Date.parse(at), deskNow(), voice))
  const end = (id: string) => void deed.run('guests.end', { id }, 'members.get', 'inbox.list', 'feed.why')
  return (
    <Part
      title={words.title}
      aside={
        <div className="flex gap-2">
          {minor === null && (
            <Button size="small" rank="quiet" onClick={() => setAsked('minor')}>
              {words.underAge}
            </Button>
          )}
          <Button size="small" onClick={() => setAsked('guest')}>
            {words.invite}
          </Button>
        </div>
      }
    >
      {hosts.length + guests.length === 0 && minor === null ? (
        <p className="text-14 text-ink-3">{words.none}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {hosts.map((row) => (
            <Line
              key={row.id}
              title={words.guestOf(row.host.name)}
              more={`${until(row.until)} · ${row.isIn ? words.isIn(row.host.name) : words.isNotIn(row.host.name)}`}
              busy={deed.busy}
              onEnd={() => end(row.id)}
            />
          ))}
          {guests.map((row) => (
            <Line
              key={row.id}
              title={words.theirGuest(row.guest.name)}
              more={until(row.until)}
              busy={deed.busy}
              onEnd={() => end(row.id)}
            />
          ))}
          {minor !== null && <MinorRules member={member} minor={minor} />}
        </ul>
      )}
      <RefusalLine refusal={deed.refusal} />
      {asked === 'guest' && <InviteGuest host={member} onClose={() => setAsked(null)} />}
      {asked === 'minor' && <MinorForm member={member} onClose={() => setAsked(null)} />}
    </Part>
  )
}

function Line({ title, more, busy, onEnd }: { title: string; more: string; busy: boolean; onEnd: () => void }) {
  return (
    <li className="flex items-center justify-between gap-3 px-3 py-2">
      <p className="min-w-0">
        <span className="block truncate text-14 font-medium">{title}</span>
        <span className="block text-13 text-ink-3">{more}</span>
      </p>
      <Button size="small" rank="quiet" disabled={busy} aria-label={words.endOf(title)} onClick={onEnd}>
        {words.end}
      </Button>
    </li>
  )
}
