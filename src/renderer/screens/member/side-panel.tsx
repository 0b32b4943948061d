// The panel at the right, over the page: a member, or a card that nobody has. The page below stays usable.
import { Maximize2, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '../../components/button.tsx'
import { commonWords } from '../../messages/frame-en.ts'
import { panelWords } from '../../messages/members-en.ts'
import { closePanel, usePanel } from '../../state/panel.ts'
import { linkTo, useRoute } from '../../state/route.ts'
import { MemberView } from './member-view.tsx'
import { SwipeView } from './swipe-view.tsx'

export function SidePanel() {
  const subject = usePanel((facts) => facts.subject)
  const route = useRoute()
  const panel = useRef<HTMLElement>(null)
  const key = subject === null ? null : subject.kind === 'member' ? subject.id : `swipe ${subject.swipe.seq}`
  const onItsPage = subject?.kind === 'member' && route.screen === 'members' && route.id === subject.id

  useEffect(() => {
    if (key !== null) panel.current?.focus()
  }, [key])
  if (subject === null || onItsPage) return null
  return (
    <aside
      ref={panel}
      key={key}
      tabIndex={-1}
      data-quiet-focus
      data-panel
      aria-label={panelWords.panel}
      className="slides-in absolute inset-y-0 right-0 z-20 flex w-[min(var(--panel),100%)] flex-col border-l border-line bg-raised shadow-float"
    >
      <div className="flex shrink-0 justify-end gap-1 border-b border-line px-3 py-2">
        {subject.kind === 'member' && (
          <a
            href={linkTo('members', subject.id)}
            onClick={closePanel}
            aria-label={panelWords.asPage}
            title={panelWords.asPage}
            className="inline-flex size-8 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
          >
            <Maximize2 className="size-4" />
          </a>
        )}
        <IconButton label={commonWords.close} onClick={closePanel}>
          <X className="size-5" />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {subject.kind === 'member' ? (
          <MemberView id={subject.id} swipe={subject.swipe} headingLevel="h2" />
        ) : (
          <SwipeView swipe={subject.swipe} />
        )}
      </div>
    </aside>
  )
}
