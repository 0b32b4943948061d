// The rail at the left: the screens that exist. Under 1100 px only icons, with their names on hover.
import {
  Banknote,
  CircleDollarSign,
  ConciergeBell,
  CreditCard,
  DoorOpen,
  Inbox,
  type LucideIcon,
  Settings,
  Stethoscope,
  UserPlus,
  Users,
} from 'lucide-react'
import { cx } from '../../components/cx.ts'
import { Mark } from '../../components/mark.tsx'
import { frameWords, screenNames } from '../../messages/frame-en.ts'
import { useLamps } from '../../state/lamps.ts'
import { linkTo, SCREENS, type Screen, useRoute } from '../../state/route.ts'

const ICONS: Record<Screen, LucideIcon> = {
  desk: ConciergeBell,
  members: Users,
  'sign-up': UserPlus,
  inbox: Inbox,
  cards: CreditCard,
  doors: DoorOpen,
  money: CircleDollarSign,
  cash: Banknote,
  diagnostics: Stethoscope,
  settings: Settings,
}

/** Cash is opened from what is to do, and from a person. */
const ON_RAIL = SCREENS.filter((screen) => screen !== 'cash')

export function Rail() {
  const current = useRoute((route) => route.screen)
  const waiting = useLamps((facts) => facts.lamps?.inbox ?? 0)
  return (
    <nav
      aria-label={frameWords.rail}
      className="row-span-3 flex flex-col items-center gap-1 border-r border-line bg-surface px-1 pb-3"
    >
      <span className="flex h-(--bar) items-center">
        <Mark className="size-8" />
      </span>
      {ON_RAIL.map((screen) => {
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
              screen === 'diagnostics' && 'mt-auto',
              here ? 'bg-accent-soft text-accent-ink' : 'text-ink-3 hover:bg-hover hover:text-ink',
            )}
          >
            <span className="relative">
              <Icon className="size-5" strokeWidth={here ? 2.1 : 1.8} />
              {screen === 'inbox' && waiting > 0 && (
                <span className="figures absolute -top-2 left-2 rounded-full bg-accent-fill px-1.5 text-13 leading-4.5 font-semibold text-on-accent">
                  {waiting > 99 ? '99+' : waiting}
                </span>
              )}
            </span>
            <span
              className={cx('sr-only wide:not-sr-only', screenNames[screen].length > 9 && 'text-[12px] tracking-tight')}
            >
              {screenNames[screen]}
            </span>
          </a>
        )
      })}
    </nav>
  )
}
