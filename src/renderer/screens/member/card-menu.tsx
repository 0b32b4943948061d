// What can be done to a card, by its state; the desk refuses what it must.
import { Ellipsis } from 'lucide-react'
import { DropdownMenu as Menu } from 'radix-ui'
import type { CardRow } from '../../../preload/shapes.ts'
import { IconButton } from '../../components/button.tsx'
import { cardWords } from '../../messages/cards-en.ts'
import { panelWords } from '../../messages/members-en.ts'

const CHANGES = ['suspend', 'lost', 'stolen', 'returned', 'damaged'] as const
/** What is asked twice. */
export type Change = (typeof CHANGES)[number]
export type Act =
  | Change
  | 'replace'
  | 'label'
  | 'lastDay'
  | 'lend'
  | 'back'
  | 'stock'
  | 'asLoaner'
  | 'noLoaner'
  | 'history'

export function isChange(act: Act): act is Change {
  return CHANGES.some((change) => change === act)
}

const WORKS: Act[] = ['replace', 'label', 'lastDay', 'suspend', ...CHANGES.slice(1)]
const ACTS: Record<CardRow['state'], readonly Act[]> = {
  active: WORKS,
  'not-yet-active': WORKS,
  suspended: WORKS.filter((act) => act !== 'suspend' && act !== 'lastDay'),
  expired: WORKS.filter((act) => act !== 'suspend'),
  lost: ['replace', 'label', 'returned'],
  stolen: ['replace', 'label', 'returned'],
  revoked: ['label'],
  unassigned: ['label'],
}

export const WORDS: Record<Act, string> = {
  suspend: panelWords.suspend,
  lost: panelWords.reportLost,
  stolen: panelWords.reportStolen,
  returned: panelWords.takeBack,
  damaged: panelWords.damaged,
  replace: cardWords.replace,
  label: cardWords.label,
  lastDay: cardWords.lastDaySet,
  lend: cardWords.lendThis,
  back: cardWords.back,
  stock: cardWords.intoStock,
  asLoaner: cardWords.asLoaner,
  noLoaner: cardWords.noLoaner,
  history: cardWords.history,
}

/** A loaner comes back into stock, by a button of its own. */
function actsOf({ state, loaner }: CardRow, withHistory: boolean): Act[] {
  const acts = ACTS[state].filter((act) => !(loaner && act === 'returned' && state === 'active'))
  const stock: Act[] = state === 'unassigned' ? [loaner ? 'noLoaner' : 'asLoaner'] : []
  return [...acts, ...stock, ...(withHistory ? (['history'] as const) : [])]
}

type Props = { card: CardRow; withHistory: boolean; onAct: (act: Act) => void }

export function CardMenu({ card, withHistory, onAct }: Props) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <IconButton label={panelWords.cardActions(card.label ?? card.short)}>
          <Ellipsis className="size-5" />
        </IconButton>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          // The question or the dialog that follows takes the keyboard itself.
          onCloseAutoFocus={(event) =>
            document.querySelector('fieldset, [role=dialog]:last-of-type') !== null && event.preventDefault()
          }
          className="arrives z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float"
        >
          {actsOf(card, withHistory).map((act) => (
            <Menu.Item
              key={act}
              onSelect={() => onAct(act)}
              className="flex h-9 cursor-pointer items-center rounded-sm px-3 text-14 outline-none data-highlighted:bg-hover"
            >
              {WORDS[act]}
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
