// The frame: rail, top bar, strips, the page itself, the panel over it and the dialogs in front.
import { useEffect, useRef } from 'react'
import { frameWords, screenNames } from '../../messages/frame-en.ts'
import { toggleBlank, useBlank } from '../../state/blank.ts'
import { useKeptFocus } from '../../state/keep-focus.ts'
import { useKeys } from '../../state/keys.ts'
import { closePanel, usePanel } from '../../state/panel.ts'
import { useRoute } from '../../state/route.ts'
import { CardDialog } from '../cards/card-dialog.tsx'
import { CardShown } from '../cards/card-shown.tsx'
import { CardsScreen } from '../cards/cards-screen.tsx'
import { CashScreen } from '../cash/cash-screen.tsx'
import { SheetPage } from '../cash/sheet-page.tsx'
import { DeskScreen } from '../desk/desk-screen.tsx'
import { DiagnosticsScreen } from '../diagnostics/diagnostics-screen.tsx'
import { DoorDoctor } from '../doors/door-doctor.tsx'
import { DoorsScreen } from '../doors/doors-screen.tsx'
import { CardWaitDialog } from '../enrol/card-wait-dialog.tsx'
import { InboxScreen } from '../inbox/inbox-screen.tsx'
import { MemberPage } from '../member/member-page.tsx'
import { SidePanel } from '../member/side-panel.tsx'
import { TakePaymentDialog } from '../member/take-payment.tsx'
import { MembersScreen } from '../members/members-screen.tsx'
import { MoneyScreen } from '../money/money-screen.tsx'
import { SettingsScreen } from '../settings/settings-screen.tsx'
import { SignUpScreen } from '../sign-up/sign-up-screen.tsx'
import { BlankCover } from './blank-cover.tsx'
import { Rail } from './rail.tsx'
import { Strips } from './strips.tsx'
import { TopBar } from './top-bar.tsx'

export function Shell() {
  const { screen, id } = useRoute()
  const blank = useBlank((facts) => facts.blank)
  const panel = usePanel((facts) => facts.subject)
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useKeptFocus()
  useKeys({ b: toggleBlank }, { everywhere: true })
  useKeys({ Escape: () => panel !== null && closePanel() })

  // Each page begins at its top, with the keyboard on it.
  useEffect(() => {
    document.title = frameWords.title(screenNames[screen])
    // A part of Settings brings itself into view.
    if (screen !== 'settings' || id === null) main.current?.scrollTo(0, 0)
    if (!first.current) main.current?.focus()
    first.current = false
  }, [screen, id])

  return (
    <>
      <div
        inert={blank}
        className={`grid h-full grid-cols-[var(--rail)_minmax(0,1fr)] grid-rows-[var(--bar)_auto_minmax(0,1fr)] ${blank ? 'invisible' : ''}`}
      >
        <button
          type="button"
          onClick={() => main.current?.focus()}
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-4 focus:py-2 focus:shadow-float"
        >
          {frameWords.skip}
        </button>
        <Rail />
        <TopBar />
        <Strips />
        <div className="relative col-start-2 row-start-3 min-h-0">
          <main ref={main} tabIndex={-1} className="h-full overflow-y-auto">
            <CurrentScreen />
          </main>
          <SidePanel />
        </div>
      </div>
      <CardDialog />
      <CardWaitDialog />
      <TakePaymentDialog />
      {!blank && <CardShown />}
      {blank && <BlankCover />}
    </>
  )
}

function CurrentScreen() {
  const { screen, id } = useRoute()
  switch (screen) {
    case 'desk':
      return <DeskScreen />
    case 'sign-up':
      return <SignUpScreen />
    case 'members':
      return id === null ? <MembersScreen /> : <MemberPage id={id} />
    case 'inbox':
      return <InboxScreen />
    case 'diagnostics':
      return <DiagnosticsScreen />
    case 'cards':
      return <CardsScreen />
    case 'doors':
      return id === 'doctor' ? <DoorDoctor /> : <DoorsScreen />
    case 'money':
      return <MoneyScreen />
    case 'cash':
      return id === null ? <CashScreen /> : <SheetPage id={id} />
    case 'settings':
      return <SettingsScreen />
  }
}
