// The rail at the left: the screens that exist. Under 1100 px only icons, with their names on hover.
import { ConciergeBell, CreditCard, DoorOpen, type LucideIcon, Settings, Users } from 'lucide-react'
import { cx } from '../../components/cx.ts'
import { Mark } from '../../components/mark.tsx'
import { frameWords, screenNames } from '../../messages/frame-en.ts'
import { linkTo, SCREENS, type Screen, useRoute } from '../../state/route.ts'

const ICONS: Record<Screen, LucideIcon> = {
  desk: ConciergeBell,
  members: Users,
  cards: CreditCard,
  doors: DoorOpen,
  settings: Settings,
}

export function Rail() {
  const current = useRoute((route) => route.screen)
  return (
    <nav
      aria-label={frameWords.rail}
      className="row-span-3 flex flex-col items-center gap-1 border-r border-line bg-surface px-1 pb-3"
    >
      <span className="flex h-(--bar) items-center">
        <Mark className="size-8" />
      </span>
      {SCREENS.map((screen) => {
        const Icon = ICONS[screen]
        const here = screen === current
        return (
          <a
            key={screen}
            href={linkTo(screen)}
            aria-current={here ? 'page' : undefined}
            title={screenNames[screen]}
            className={cx(
              'flex h-12 w-11 flex-col items-center justify-center gap-0.5 rounded-md text-13 font-medium wide:h-15 wide:w-16',
              screen === 'settings' && 'mt-auto',
              here ? 'bg-accent-soft text-accent-ink' : 'text-ink-3 hover:bg-hover hover:text-ink',
            )}
          >
            <Icon className="size-5" strokeWidth={here ? 2.1 : 1.8} />
            <span className="sr-only wide:not-sr-only">{screenNames[screen]}</span>
          </a>
        )
      })}
    </nav>
  )
}
