// What can be done to a membership that runs at Stripe; the desk says what, and refuses what it must.
import { Ellipsis } from 'lucide-react'
import { DropdownMenu as Menu } from 'radix-ui'
import type { ChangeAct } from '../../../preload/shapes-changes.ts'
import { IconButton } from '../../components/button.tsx'
import { changeWords as words } from '../../messages/changes-en.ts'

/** These have a button of their own where they matter. */
const BUTTONS: readonly ChangeAct[] = ['take-back', 'renew']

type Props = { plan: string; can: readonly ChangeAct[]; onAct: (act: ChangeAct) => void }

export function MembershipMenu({ plan, can, onAct }: Props) {
  const acts = can.filter((act) => !BUTTONS.includes(act))
  if (acts.length === 0) return null
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <IconButton label={words.menu(plan)} className="-mr-2">
          <Ellipsis className="size-5" />
        </IconButton>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          // The dialog that follows takes the keyboard itself.
          onCloseAutoFocus={(event) => document.querySelector('[role=dialog] form') !== null && event.preventDefault()}
          // It appears without motion: one that was opened by a key would otherwise stay over the dialog.
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float"
        >
          {acts.map((act) => (
            <Menu.Item
              key={act}
              onSelect={() => onAct(act)}
              className="flex h-9 cursor-pointer items-center rounded-sm px-3 text-14 outline-none data-highlighted:bg-hover"
            >
              {words.acts[act]}
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
