// The cables of the demo's doors: pulled and plugged in again, to see that doors go on without the desk.
import { Unplug } from 'lucide-react'
import { DropdownMenu as Menu } from 'radix-ui'
import type { Reply } from '../../../preload/contract.ts'
import { Button } from '../../components/button.tsx'
import { frameWords } from '../../messages/frame-en.ts'
import type { Deed } from '../../state/deed.ts'

type Props = { doors: Reply<'demo.doors'>; deed: Deed }

export function DemoDoors({ doors, deed }: Props) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <Button size="small" rank="quiet" disabled={deed.busy}>
          <Unplug className="size-4" />
          {frameWords.demoCables}
        </Button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={4}
          className="arrives z-50 min-w-44 rounded-md border border-line bg-raised p-1 shadow-float"
        >
          {doors.map(({ id, name, cut }) => (
            <Menu.Item
              key={id}
              onSelect={() => void deed.run('demo.cutDoor', { door: id, cut: !cut }, 'demo.doors')}
              className="flex h-9 cursor-pointer items-center rounded-sm px-3 text-14 outline-none data-highlighted:bg-hover"
            >
              {cut ? frameWords.demoMend(name) : frameWords.demoCut(name)}
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
