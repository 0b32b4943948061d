// A dialog in front of the page: title, one line about it, and a way out at the top right and by Escape.
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { commonWords } from '../messages/frame-en.ts'
import { useBlank } from '../state/blank.ts'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'

type Props = {
  open: boolean
  onClose: () => void
  title: string
  about: string
  children: ReactNode
  locked?: boolean
  shownOnce?: boolean
  wide?: boolean
}

/** Of an element in a menu, which goes away with it: the button that opened the menu. */
function menuButton(element: Element | null): Element | null {
  const button = element?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  return button ? document.getElementById(button) : null
}

/** `locked`: a click beside it does not close it, because something would be lost. `shownOnce`: nor does Escape, and there
 * is no way out but its own button, because what it shows would be gone for good. */
export function Dialog(props: Props) {
  const { open, onClose, title, about, children, shownOnce = false, locked = shownOnce, wide = false } = props
  const blank = useBlank((facts) => facts.blank)
  const before = useRef<Element | null>(null)

  function takeFocus(event: Event): void {
    before.current = menuButton(document.activeElement) ?? document.activeElement
    const first =
      event.currentTarget instanceof Element
        ? event.currentTarget.querySelector<HTMLElement>('input, select, textarea')
        : null
    if (first === null) return
    event.preventDefault()
    first.focus()
  }
  /** Unless somebody has taken it elsewhere, say into a menu, which would close. */
  function giveFocusBack(event: Event): void {
    event.preventDefault()
    if (document.activeElement !== document.body) return
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
  }

  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={cx('fixed inset-0 z-40 bg-scrim', blank && 'invisible')} />
        <Radix.Content
          onOpenAutoFocus={takeFocus}
          onCloseAutoFocus={giveFocusBack}
          onInteractOutside={(event) => (locked || blank) && event.preventDefault()}
          onEscapeKeyDown={(event) => (shownOnce || blank) && event.preventDefault()}
          className={cx(
            'arrives fixed top-[max(16px,11vh)] left-1/2 z-50 flex max-h-[calc(100vh-max(32px,15vh))] short:top-4 short:max-h-[calc(100vh-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-md border border-line bg-raised shadow-float',
            wide ? 'w-[min(640px,calc(100vw-32px))]' : 'w-[min(480px,calc(100vw-32px))]',
            blank && 'invisible',
          )}
        >
          <div className="flex items-start gap-4 px-6 pt-5 pb-4">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-20 font-semibold">{title}</Radix.Title>
              <Radix.Description className="mt-1 text-14 text-ink-2">{about}</Radix.Description>
            </div>
            {!shownOnce && (
              <Radix.Close asChild>
                <IconButton label={commonWords.close} className="-mr-2">
                  <X className="size-5" />
                </IconButton>
              </Radix.Close>
            )}
          </div>
          <div className="-mt-1 overflow-y-auto px-6 pt-1 pb-6">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
