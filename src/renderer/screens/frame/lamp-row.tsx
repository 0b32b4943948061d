// Three small lamps with words; one that is not green says what is wrong and opens the page that mends it.
import { CircleAlert, LoaderCircle, TriangleAlert } from 'lucide-react'
import { HoverCard } from 'radix-ui'
import { cx } from '../../components/cx.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { doorsLamp, type LampLook, readerLamp, stripeLamp, syncFacts, unknownLamp } from '../../state/lamp-words.ts'
import { sinceTold, useDeskNow, useLamps } from '../../state/lamps.ts'
import { useLink } from '../../state/link.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'

export function LampRow() {
  const lamps = useLamps((facts) => facts.lamps)
  const { locale } = useVoice()
  // Counts the age on between two tellings.
  useDeskNow(1_000)
  const reached = useLink((facts) => facts.state === 'open')
  if (lamps === null) return null
  return (
    <ul className="flex items-center">
      <Lamp
        name={frameWords.lampStripe}
        look={reached ? stripeLamp(lamps, sinceTold(), locale) : unknownLamp}
        href={linkTo('settings', 'stripe')}
        more={reached ? syncFacts(lamps.sync) : []}
      />
      <Lamp
        name={frameWords.lampReader}
        look={reached ? readerLamp(lamps) : unknownLamp}
        href={linkTo('settings', 'readers')}
      />
      <Lamp name={frameWords.lampDoors} look={reached ? doorsLamp(lamps) : unknownLamp} href={linkTo('doors')} />
    </ul>
  )
}

type LampProps = { name: string; look: LampLook; href: string; more?: string[] }

/** The card is for whoever points at the lamp or comes to it by key. */
function Lamp({ name, look, href, more = [] }: LampProps) {
  const { tone, word, sentence } = look
  return (
    <li>
      <HoverCard.Root openDelay={150} closeDelay={80}>
        <HoverCard.Trigger
          href={href}
          className="flex h-8 items-center gap-2 rounded-md px-2 text-13 whitespace-nowrap hover:bg-hover wide:px-2.5"
        >
          <Light tone={tone} />
          <span className="font-medium">{name}</span>
          <span className={cx('figures', tone === 'look' || tone === 'bad' ? 'font-medium text-ink' : 'text-ink-3')}>
            {word}
          </span>
          {(tone === 'look' || tone === 'bad') && <span className="sr-only">{sentence}</span>}
        </HoverCard.Trigger>
        <HoverCard.Portal>
          <HoverCard.Content
            sideOffset={6}
            collisionPadding={12}
            data-lamp
            className="arrives z-30 flex w-72 flex-col gap-2 rounded-md border border-line bg-raised p-3 text-14 shadow-float"
          >
            <p>{sentence}</p>
            {more.map((line) => (
              <p key={line} className="border-t border-line pt-2 text-13 text-ink-2">
                {line}
              </p>
            ))}
          </HoverCard.Content>
        </HoverCard.Portal>
      </HoverCard.Root>
    </li>
  )
}

/** A dot is enough while all is well; anything else has a shape of its own. */
function Light({ tone }: { tone: LampLook['tone'] }) {
  switch (tone) {
    case 'good':
      return <span className="size-2 rounded-full bg-granted" />
    case 'off':
      return <span className="size-2 rounded-full border-2 border-still" />
    case 'busy':
      return <LoaderCircle className="size-3.5 text-note motion-safe:animate-spin" strokeWidth={2.5} />
    case 'look':
      return <TriangleAlert className="size-3.5 text-grace" strokeWidth={2.5} />
    case 'bad':
      return <CircleAlert className="size-3.5 text-refused" strokeWidth={2.5} />
  }
}
