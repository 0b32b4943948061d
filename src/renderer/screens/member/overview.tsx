// Overview: cards with what can be done to them, what each door would say, how to reach the person.
import { Mail, Phone, Plus } from 'lucide-react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { CheckLine } from '../../components/field.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { DoorChip } from '../../components/state-chips.tsx'
import { panelWords } from '../../messages/members-en.ts'
import { openEnrol } from '../../state/card-wait.ts'
import { useDeed } from '../../state/deed.ts'
import { AccessPart } from './access-part.tsx'
import { AllowancesPart } from './allowances-part.tsx'
import { CardLine } from './card-line.tsx'
import { CompanyPart } from './company-part.tsx'
import { DetailsPart } from './details-part.tsx'
import { EditPerson } from './edit-person.tsx'
import { InductionsPart } from './inductions-part.tsx'
import { Part } from './part.tsx'

export function Overview({ member }: { member: MemberPanel }) {
  return (
    <div className="flex flex-col gap-6">
      <Part
        title={panelWords.cards}
        aside={
          <Button size="small" onClick={() => openEnrol({ id: member.id, name: member.name })}>
            <Plus className="size-4" />
            {panelWords.enrol}
          </Button>
        }
      >
        {member.cards.length === 0 ? (
          <p className="text-14 text-ink-3">{panelWords.noCards}</p>
        ) : (
          <ul className="divide-y divide-line rounded-md border border-line">
            {member.cards.map((card) => (
              <CardLine key={card.canonical} card={card} />
            ))}
          </ul>
        )}
      </Part>
      <Part title={panelWords.doors}>
        {member.doors.length === 0 ? (
          <p className="text-14 text-ink-3">{panelWords.noDoors}</p>
        ) : (
          <ul className="divide-y divide-line rounded-md border border-line">
            {member.doors.map((door) => (
              <li key={door.id} className="px-3 py-2.5">
                <p className="flex items-center justify-between gap-3">
                  <span className="font-medium">{door.name}</span>
                  <DoorChip grant={door.grant} />
                </p>
                {door.reason !== 'ok' && <p className="mt-0.5 text-13 text-ink-3">{door.sentence}</p>}
              </li>
            ))}
          </ul>
        )}
      </Part>
      <AllowancesPart member={member} />
      <AccessPart member={member} />
      <InductionsPart member={member} />
      <CompanyPart member={member} />
      <Part title={panelWords.contact} aside={<EditPerson member={member} />}>
        <Contact member={member} />
        <Hidden member={member} />
      </Part>
      <DetailsPart member={member} />
    </div>
  )
}

function Hidden({ member: { id, hidden } }: { member: MemberPanel }) {
  const deed = useDeed()
  return (
    <div className="-mx-2 mt-2">
      <CheckLine
        type="checkbox"
        checked={hidden}
        disabled={deed.busy}
        onChange={({ target }) =>
          void deed.run('members.setHidden', { id, hidden: target.checked }, 'members.get', 'feed.today')
        }
        label={panelWords.hidden}
        help={panelWords.hiddenHelp}
      />
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}

function Contact({ member: { emails, phone } }: { member: MemberPanel }) {
  if (emails.length === 0 && phone === null) return <p className="text-14 text-ink-3">{panelWords.noContact}</p>
  return (
    <ul className="flex flex-col gap-1.5 text-14">
      {emails.map((email) => (
        <li key={email} className="flex items-center gap-3">
          <Mail aria-label={panelWords.email} className="size-4 shrink-0 text-ink-3" />
          <span className="break-all">{email}</span>
        </li>
      ))}
      {phone !== null && (
        <li className="flex items-center gap-3">
          <Phone aria-label={panelWords.phone} className="size-4 shrink-0 text-ink-3" />
          {phone}
        </li>
      )}
    </ul>
  )
}
