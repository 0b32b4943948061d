// It is done: which card, whose it is now, and what may follow.
import { CircleCheck } from 'lucide-react'
import type { CardRow } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Moment } from '../../components/moment.tsx'
import { doctorWords } from '../../messages/card-doctor-en.ts'
import { waitWords as words } from '../../messages/card-wait-en.ts'
import { openDoctor } from '../../state/card-doctor.ts'
import { closeCardWait, openCardWait, type Purpose } from '../../state/card-wait.ts'

export function Settled({ purpose, card }: { purpose: Purpose; card: CardRow }) {
  const next = nextOf(purpose)
  return (
    <div data-settled className="flex flex-col items-center gap-2 text-center">
      <CircleCheck className="arrives size-16 text-granted" strokeWidth={1.5} />
      <p role="status" className="text-16 font-medium">
        {card.member === null ? words.inStock : words.has(card.member.name)}
      </p>
      {card.label !== null && <p className="text-20 font-semibold">{card.label}</p>}
      <p className={card.label === null ? 'figures text-28 font-semibold' : 'figures text-14 text-ink-2'}>
        {card.short}
      </p>
      {purpose.what === 'replace' && <p className="text-14 text-ink-2">{words.oldOne}</p>}
      {card.dueAt !== null && (
        <p className="text-14 text-ink-2">
          {words.due} <Moment at={card.dueAt} as="until" />
        </p>
      )}
      <div className="mt-4 flex gap-2">
        <Button rank="primary" onClick={closeCardWait}>
          {words.finish}
        </Button>
        {card.member !== null && <Button onClick={() => test(card)}>{doctorWords.test}</Button>}
        {next !== null && <Button onClick={() => openCardWait(next.purpose)}>{next.word}</Button>}
      </div>
    </div>
  )
}

function test({ canonical }: CardRow): void {
  closeCardWait()
  openDoctor(canonical, { test: true })
}

function nextOf(purpose: Purpose): { purpose: Purpose; word: string } | null {
  if (purpose.what === 'enrol') return { purpose: { ...purpose, number: '' }, word: words.another }
  return purpose.what === 'back' ? { purpose, word: words.anotherBack } : null
}
