// The words for a standing, a card's state and a verdict, each always with the same icon and tone.
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleMinus,
  Clock,
  Hourglass,
  Info,
  LogOut,
  type LucideIcon,
  Pause,
  TriangleAlert,
} from 'lucide-react'
import type { CardRow, MemberRow } from '../../preload/shapes.ts'
import type { FeedRow } from '../../preload/shapes-doors.ts'
import { deskWords } from '../messages/desk-en.ts'
import { barredWord, cardStateWords, panelWords, standingWords } from '../messages/members-en.ts'
import { Chip, type Tone } from './chip.tsx'

type Look = [Tone, LucideIcon]

const STANDINGS: Record<MemberRow['standing'], Look> = {
  current: ['granted', CircleCheck],
  grace: ['grace', Clock],
  pending: ['note', Hourglass],
  frozen: ['note', Pause],
  lapsed: ['refused', CircleAlert],
  ended: ['still', CircleMinus],
}

/** A bar outranks whatever was paid; it is told where staff look on purpose, not where the queue reads along. */
export function StandingChip({ standing, barred = false }: { standing: MemberRow['standing']; barred?: boolean }) {
  if (barred)
    return (
      <Chip tone="refused" icon={Ban}>
        {barredWord}
      </Chip>
    )
  const [tone, icon] = STANDINGS[standing]
  return (
    <Chip tone={tone} icon={icon}>
      {standingWords[standing]}
    </Chip>
  )
}

const CARD_STATES: Record<CardRow['state'], Look> = {
  active: ['granted', CircleCheck],
  unassigned: ['still', CircleMinus],
  stolen: ['refused', TriangleAlert],
  lost: ['refused', CircleAlert],
  revoked: ['still', Ban],
  suspended: ['grace', Pause],
  'not-yet-active': ['note', Hourglass],
  expired: ['still', Clock],
}

export function CardStateChip({ state }: { state: CardRow['state'] }) {
  const [tone, icon] = CARD_STATES[state]
  return (
    <Chip tone={tone} icon={icon}>
      {cardStateWords[state]}
    </Chip>
  )
}

/** As everybody in the queue may see it: a grace reads as granted, with a mark for whoever knows. */
export function VerdictPill({ verdict, wentOut }: Pick<FeedRow, 'verdict' | 'wentOut'>) {
  const { verdicts } = deskWords
  switch (verdict) {
    case 'granted':
    case 'grace':
      return (
        <Chip tone="granted" icon={wentOut ? LogOut : CircleCheck}>
          {wentOut ? verdicts.wentOut : verdicts.granted}
        </Chip>
      )
    case 'refused':
      return (
        <Chip tone="refused" icon={CircleAlert}>
          {verdicts.refused}
        </Chip>
      )
    case 'note':
      return (
        <Chip tone="note" icon={Info}>
          {verdicts.note}
        </Chip>
      )
    case 'told':
      return null
  }
}

/** In the panel, opened on purpose. */
export function DoorChip({ grant }: { grant: boolean }) {
  return (
    <Chip tone={grant ? 'granted' : 'refused'} icon={grant ? CircleCheck : CircleAlert}>
      {grant ? panelWords.opens : panelWords.stays}
    </Chip>
  )
}
