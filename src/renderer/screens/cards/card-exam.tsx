// What the doctor found: suspicions first, then who has the card, the test, the doors, where it was shown, how it is written.
import { CircleAlert, CircleCheck, DoorOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CardRow } from '../../../preload/shapes.ts'
import type { CardExam as Exam } from '../../../preload/shapes-card-doctor.ts'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { CardStateChip } from '../../components/state-chips.tsx'
import { doctorWords as words } from '../../messages/card-doctor-en.ts'
import { examine, testAtDoor, useDoctor } from '../../state/card-doctor.ts'
import { openEnrol } from '../../state/card-wait.ts'
import { useDeed } from '../../state/deed.ts'
import { openMember } from '../../state/panel.ts'
import { useReading } from '../../state/readings.ts'
import { DoorTest } from './door-test.tsx'
import { ExamDoors } from './exam-doors.tsx'

export function CardExam({ exam }: { exam: Exam }) {
  const { card, forms, lossy, mayBe, sameAs, doors } = exam
  const test = useDoctor((facts) => facts.test)
  // Whoever may not see visits sees the rest.
  const { value: log } = useReading('cards.uses', { card: card.canonical })
  const suspicions = [...exam.suspicions, ...(log?.suspicions ?? [])]
  return (
    <article aria-label={words.examined(card.short)} data-exam={card.canonical} className="flex flex-col gap-5">
      {suspicions.length > 0 && (
        <Notice tone="grace" role="alert">
          <p className="font-semibold">{words.suspicionsTitle}</p>
          {suspicions.map(({ kind, sentence }) => (
            <p key={`${kind} ${sentence}`} className="mt-1">
              {sentence}
            </p>
          ))}
        </Notice>
      )}
      <Head card={card} testing={test !== null} />
      {lossy && <Notice tone="note">{words.lossy}</Notice>}
      {mayBe.length > 0 && <MayBe cards={mayBe} />}
      {sameAs !== null && <SameAs short={sameAs.card.canonical} whole={card.canonical} sentence={sameAs.sentence} />}
      {test !== null && <DoorTest exam={exam} test={test} />}
      <Part title={words.doorsTitle}>
        {doors.length === 0 ? <p className="text-14 text-ink-3">{words.noDoors}</p> : <ExamDoors doors={doors} />}
      </Part>
      {log !== null && (
        <Part title={words.usesTitle}>
          {log.uses.length === 0 && <p className="text-14 text-ink-3">{words.noUses}</p>}
          <ul className="divide-y divide-line">
            {log.uses.map(({ seq, at, door, grant, sentence }) => (
              <li key={seq} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-14">
                <Moment at={at} className="figures w-28 text-ink-2" />
                <span className="w-36 truncate font-medium">{door.name}</span>
                <Chip tone={grant ? 'granted' : 'refused'} icon={grant ? CircleCheck : CircleAlert}>
                  {grant ? words.didOpen : words.didNot}
                </Chip>
                <span className="min-w-52 flex-1 text-ink-2">{sentence}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={words.formsTitle}>
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-x-6 gap-y-3">
          {Object.entries(forms).map(([form, text]) => (
            <div key={form} className={text.length > 20 ? 'col-span-2' : ''}>
              <dt className="text-13 text-ink-3">{form}</dt>
              <dd className="figures text-14 break-all">{text}</dd>
            </div>
          ))}
        </dl>
      </Part>
    </article>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-2 text-14 font-semibold">{title}</h3>
      {children}
    </section>
  )
}

function Head({ card, testing }: { card: CardRow; testing: boolean }) {
  const { canonical, short, state, since, member, label, loaner, stillOpens } = card
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 border-t border-line pt-5">
      <div className="min-w-0">
        <h2 className="figures text-28 font-semibold">{short}</h2>
        <p className="figures text-13 text-ink-3">
          {[canonical, label, loaner ? words.loaner : null].filter((part) => part !== null).join(' · ')}
        </p>
      </div>
      {since !== null && <CardStateChip state={state} />}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {member === null ? (
          <>
            <span className="text-14 text-ink-2">{since === null ? words.nobody : words.inStock}</span>
            <Button onClick={() => openEnrol(null, canonical)}>{words.give}</Button>
          </>
        ) : (
          <>
            <Button aria-label={words.openHolder(member.name)} onClick={() => openMember(member.id)}>
              {member.name}
            </Button>
            {!testing && (
              <Button rank="primary" onClick={() => void testAtDoor(canonical)}>
                <DoorOpen className="size-4" />
                {words.test}
              </Button>
            )}
          </>
        )}
      </div>
      {stillOpens.length > 0 && (
        <p className="w-full text-14 text-refused-ink">
          {words.stillOpens(stillOpens.map(({ door }) => door).join(', '))}
        </p>
      )}
    </div>
  )
}

function MayBe({ cards }: { cards: CardRow[] }) {
  return (
    <Part title={words.mayBe}>
      <ul className="divide-y divide-line rounded-md border border-line">
        {cards.map(({ canonical, state, member }) => (
          <li key={canonical} className="flex flex-wrap items-center gap-3 px-4 py-2 text-14">
            <span className="figures">{canonical}</span>
            <CardStateChip state={state} />
            <span className="flex-1 font-medium">{member?.name ?? words.nobody}</span>
            <Button size="small" onClick={() => examine({ card: canonical })}>
              {words.look}
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function SameAs({ short, whole, sentence }: { short: string; whole: string; sentence: string }) {
  const deed = useDeed()
  return (
    <>
      <Notice
        tone="note"
        action={
          <Button
            size="small"
            disabled={deed.busy}
            onClick={() => void deed.run('cards.upgrade', { card: short, whole }, 'cards.examine', 'cards.list')}
          >
            {words.sameCard}
          </Button>
        }
      >
        {sentence}
      </Notice>
      <RefusalLine refusal={deed.refusal} />
    </>
  )
}
