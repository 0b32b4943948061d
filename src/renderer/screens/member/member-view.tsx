// One person: who, how they stand, the sentence that matters now, and the tabs behind it.
import { Tabs } from 'radix-ui'
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { FeedRow } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { agreementWords } from '../../messages/agreements-en.ts'
import { panelWords } from '../../messages/members-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { Disputes } from './disputes.tsx'
import { Overview } from './overview.tsx'
import { Payments } from './payments.tsx'
import { PhotoPart } from './photo-part.tsx'
import { Remedies } from './remedy-button.tsx'
import { History, Timeline } from './story.tsx'
import { SwipeSentence } from './swipe-sentence.tsx'
import { UnruledMinor } from './unruled-minor.tsx'
import { Visits } from './visits.tsx'

type Props = { id: string; swipe: FeedRow | null; headingLevel: 'h1' | 'h2' }

export function MemberView({ id, swipe, headingLevel: Heading }: Props) {
  const { value: member, refusal } = useReading('members.get', { id })
  if (member === null) {
    return refusal === null ? (
      <SkeletonRows rows={5} />
    ) : (
      <div className="p-5">
        <RefusalLine refusal={refusal} />
      </div>
    )
  }
  return (
    <article className="flex flex-col gap-4 p-5">
      <PhotoPart key={id} member={member} compare={swipe?.compare ?? false}>
        <Heading className="text-20 leading-6 font-semibold break-words">{member.name}</Heading>
        <p className="mt-0.5 text-14 text-ink-2">{plansOf(member)}</p>
      </PhotoPart>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StandingChip standing={member.standing} barred={member.bar !== null} />
        {member.standingDate && <span className="text-14 text-ink-2">{member.standingDate}</span>}
      </p>
      {member.archivedAt !== null && <Archived member={member} />}
      {swipe !== null ? <SwipeSentence swipe={swipe} member={member} /> : <Sentence member={member} />}
      <Disputes id={member.id} />
      <UnruledMinor member={member} />
      <Tabs.Root defaultValue="overview">
        <Tabs.List aria-label={panelWords.tabs} className="flex flex-wrap gap-x-5 border-b border-line">
          <Tab value="overview">{panelWords.overview}</Tab>
          <Tab value="payments">{panelWords.payments}</Tab>
          <Tab value="visits">{panelWords.visits}</Tab>
          <Tab value="history">{agreementWords.history}</Tab>
          <Tab value="timeline">{agreementWords.timeline}</Tab>
        </Tabs.List>
        <Tabs.Content value="overview" className="pt-4">
          <Overview member={member} />
        </Tabs.Content>
        <Tabs.Content value="payments" className="pt-4">
          <Payments member={member} />
        </Tabs.Content>
        <Tabs.Content value="visits" className="pt-4">
          <Visits member={member} />
        </Tabs.Content>
        <Tabs.Content value="history" className="pt-4">
          <History member={member} />
        </Tabs.Content>
        <Tabs.Content value="timeline" className="pt-4">
          <Timeline id={member.id} />
        </Tabs.Content>
      </Tabs.Root>
    </article>
  )
}

function Archived({ member }: { member: MemberPanel }) {
  const deed = useDeed()
  const restore = () => void deed.run('members.restore', { id: member.id }, 'members.get', 'members.list')
  return (
    <Notice
      tone="still"
      action={
        <Button size="small" disabled={deed.busy} onClick={restore}>
          {agreementWords.restore}
        </Button>
      }
    >
      {deed.refusal?.sentence ?? agreementWords.archived}
    </Notice>
  )
}

function plansOf({ memberships }: MemberPanel): string {
  return [...new Set(memberships.map(({ plan }) => plan))].join(', ') || panelWords.noMemberships
}

const TONES = {
  current: 'still',
  grace: 'grace',
  pending: 'note',
  frozen: 'note',
  lapsed: 'refused',
  ended: 'still',
} as const

function Sentence({ member }: { member: MemberPanel }) {
  if (member.sentence === null) return null
  return (
    <Notice
      tone={TONES[member.standing]}
      action={
        member.remedies.length > 0 && (
          <Remedies remedies={member.remedies} member={member} cards={member.cards} card={null} door={null} />
        )
      }
    >
      {member.sentence}
    </Notice>
  )
}

function Tab({ value, children }: { value: string; children: string }) {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px h-10 border-b-2 border-transparent text-14 font-medium text-ink-3 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  )
}
