// The dialog that waits for a card: to enrol, replace, lend, take back, put into stock, or give to somebody.
import { useMemo } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { waitWords as words } from '../../messages/card-wait-en.ts'
import { frameWords } from '../../messages/frame-en.ts'
import {
  changePurpose,
  closeCardWait,
  type Person,
  type Purpose,
  sameCardIn,
  useCardWait,
} from '../../state/card-wait.ts'
import { createSearch } from '../../state/search.ts'
import { Presenting } from './presenting.tsx'
import { LendForm, ReplaceForm, StockForm } from './purpose-forms.tsx'
import { SameCardQuestion } from './same-card.tsx'
import { Settled } from './settled.tsx'
import { StockProgress } from './stock-progress.tsx'
import { TypedNumber } from './typed-number.tsx'

export function CardWaitDialog() {
  const purpose = useCardWait((facts) => facts.purpose)
  return (
    <Dialog
      open={purpose !== null}
      onClose={closeCardWait}
      locked
      title={purpose === null ? '' : titleOf(purpose)}
      about={purpose === null ? '' : aboutOf(purpose)}
    >
      {purpose !== null && <Body purpose={purpose} />}
    </Dialog>
  )
}

function titleOf(purpose: Purpose): string {
  if (purpose.what === 'replace') return words.title.replace(purpose.card.label ?? purpose.card.short)
  if (purpose.what === 'back' || purpose.what === 'stock') return words.title[purpose.what]
  return words.title[purpose.what](purpose.member?.name ?? null)
}

function aboutOf(purpose: Purpose): string {
  if (purpose.what === 'assign') return words.about.assign(purpose.door)
  return purpose.what === 'enrol' && purpose.member === null ? words.about.choose : words.about[purpose.what]
}

function Body({ purpose }: { purpose: Purpose }) {
  const { wait, done, refusal, doneRefusal, note } = useCardWait()
  const card = done ?? (wait?.state === 'done' ? wait.card : null)
  if (card !== null) return <Settled purpose={purpose} card={card} />
  const same = wait?.sameAs ?? sameCardIn(doneRefusal) ?? sameCardIn(refusal)
  if (same !== null) return <SameCardQuestion same={same} sentence={wait?.sentence ?? doneRefusal?.sentence ?? ''} />
  if ('member' in purpose && purpose.member === null)
    return <ChooseMember onTake={(member) => changePurpose({ ...purpose, member })} />
  if (purpose.what === 'replace' && purpose.reason === null) return <ReplaceForm purpose={purpose} />
  if (purpose.what === 'lend' && (purpose.due === null || purpose.card !== null)) return <LendForm purpose={purpose} />
  if (purpose.what === 'stock') return purpose.label === null ? <StockForm purpose={purpose} /> : <StockProgress />
  return (
    <div className="flex flex-col gap-5">
      {note !== null && <Notice tone="note">{note}</Notice>}
      <Presenting how={purpose.what === 'assign' ? words.againHow(purpose.door) : words.presentHow} />
      {purpose.what !== 'assign' && (
        <TypedNumber word={words.typeButton[purpose.what]} first={purpose.what === 'enrol' ? purpose.number : ''} />
      )}
    </div>
  )
}

function ChooseMember({ onTake }: { onTake: (member: Person) => void }) {
  const search = useMemo(createSearch, [])
  return (
    <div className="min-h-56">
      <PersonSearch
        search={search}
        floating={false}
        label={words.searchLabel}
        hint={words.searchHint}
        found={frameWords.searchFound}
        nobody={() => words.searchNobody}
        onTake={({ id, name }) => onTake({ id, name })}
      />
    </div>
  )
}
