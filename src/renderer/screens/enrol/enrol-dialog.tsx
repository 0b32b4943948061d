// "Present the card now": for whom, at the reader or by its printed number, and how it went.
import { CircleCheck } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { enrolWords } from '../../messages/cards-en.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { chooseMember, closeEnrol, openEnrol, useEnrol } from '../../state/enrol.ts'
import { createSearch } from '../../state/search.ts'
import { Presenting } from './presenting.tsx'
import { TypedNumber } from './typed-number.tsx'

export function EnrolDialog() {
  const { open, member } = useEnrol()
  return (
    <Dialog
      open={open}
      onClose={closeEnrol}
      locked
      title={member === null ? enrolWords.title : enrolWords.titleFor(member.name)}
      about={member === null ? enrolWords.aboutChoose : enrolWords.about}
    >
      {member === null ? <ChooseMember /> : <ForMember />}
    </Dialog>
  )
}

function ChooseMember() {
  const search = useMemo(createSearch, [])
  return (
    <div className="min-h-56">
      <PersonSearch
        search={search}
        floating={false}
        label={enrolWords.searchLabel}
        hint={enrolWords.searchHint}
        found={frameWords.searchFound}
        nobody={() => enrolWords.searchNobody}
        onTake={({ id, name }) => chooseMember({ id, name })}
      />
    </div>
  )
}

function ForMember() {
  const { member, enrolment, added } = useEnrol()
  if (member === null) return null
  const card = added ?? (enrolment?.state === 'done' ? enrolment.card : null)
  if (card !== null) {
    return (
      <div className="flex flex-col items-center gap-2 text-center">
        <CircleCheck className="arrives size-16 text-granted" strokeWidth={1.5} />
        <p role="status" className="text-16 font-medium">
          {enrolWords.done(member.name)}
        </p>
        <p className="figures text-28 font-semibold">{card.short}</p>
        <div className="mt-4 flex gap-2">
          <Button rank="primary" onClick={closeEnrol}>
            {enrolWords.finish}
          </Button>
          <Button onClick={() => openEnrol(member)}>{enrolWords.another}</Button>
        </div>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-5">
      <Presenting member={member} />
      <TypedNumber />
    </div>
  )
}
