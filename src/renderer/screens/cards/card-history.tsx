// Who had a card from when to when, and what was recorded about it, by whom.
import type { CardHistory as History } from '../../../preload/shapes-cards.ts'
import { Moment } from '../../components/moment.tsx'
import { cardWords as words } from '../../messages/cards-en.ts'
import { closeCard } from '../../state/open-card.ts'
import { openMember } from '../../state/panel.ts'

export function CardHistory({ history: { holders, facts } }: { history: Pick<History, 'holders' | 'facts'> }) {
  return (
    <>
      <section data-holders>
        <h3 className="mb-2 text-14 font-semibold">{words.holders}</h3>
        {holders.length === 0 && <p className="text-14 text-ink-3">{words.nobodyYet}</p>}
        <ul className="flex flex-col gap-1 text-14">
          {holders.map(({ member, from, until, loan }) => (
            <li key={from} className="flex flex-wrap items-center gap-x-2">
              <button
                type="button"
                onClick={() => {
                  closeCard()
                  openMember(member.id)
                }}
                className="-ml-2 h-8 max-w-full truncate rounded-md px-2 font-medium hover:bg-hover"
              >
                {member.name}
              </button>
              <span className="text-ink-2">
                <Moment at={from} as="day" /> – {until === null ? words.still : <Moment at={until} as="day" />}
                {loan && `, ${words.lent}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section data-recorded>
        <h3 className="mb-2 text-14 font-semibold">{words.recorded}</h3>
        {facts.length === 0 && <p className="text-14 text-ink-3">{words.nothingYet}</p>}
        <ol className="flex flex-col gap-2 text-14">
          {facts.map(({ at, sentence, by }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was recorded is only ever added to, and read whole.
            <li key={n} className="flex gap-3">
              <span className="w-28 shrink-0 text-ink-3">
                <Moment at={at} />
              </span>
              <span className="min-w-0 flex-1 break-words">
                {sentence} <span className="text-13 text-ink-3">{words.by(by)}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
