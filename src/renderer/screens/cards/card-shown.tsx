// A quiet line, on every screen, when a card is held to the desk's reader while nobody waits for one. A name and no more:
// the queue can read it.
import { CreditCard, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, IconButton } from '../../components/button.tsx'
import { doctorWords as words } from '../../messages/card-doctor-en.ts'
import { forgetShown, openDoctor, useDoctor } from '../../state/card-doctor.ts'
import { openEnrol } from '../../state/card-wait.ts'

const SHOWN_MS = 8_000

export function CardShown() {
  const card = useDoctor((facts) => facts.shown)
  const [held, setHeld] = useState(false)
  // Nobody loses the button under their hand.
  useEffect(() => {
    if (card === null || held) return
    const timer = setTimeout(forgetShown, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [card, held])
  useEffect(() => {
    if (card === null) setHeld(false)
  }, [card])
  const nobodys = card?.member === null
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-6 z-30 flex justify-center px-4">
      {card !== null && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody points at it or is in it.
        <div
          data-card-shown
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
          className="arrives pointer-events-auto flex max-w-full flex-wrap items-center gap-3 rounded-md border border-line bg-raised py-2 pr-2 pl-4 shadow-float"
        >
          <CreditCard className="size-5 shrink-0 text-accent-ink" />
          <span className="min-w-0 truncate text-14 font-medium">
            {card.member === null ? words.shownNobody : words.shownOf(card.member.name)}
          </span>
          <Button size="small" rank={nobodys ? 'plain' : 'primary'} onClick={() => openDoctor(card.canonical)}>
            {words.look}
          </Button>
          {nobodys && (
            <Button
              size="small"
              rank="primary"
              onClick={() => {
                forgetShown()
                openEnrol(null, card.canonical)
              }}
            >
              {words.give}
            </Button>
          )}
          <IconButton label={words.shownClose} onClick={forgetShown}>
            <X className="size-4" />
          </IconButton>
        </div>
      )}
    </div>
  )
}
