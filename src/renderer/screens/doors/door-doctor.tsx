// How every door is: there or not, what it holds beside what it should, what happened overnight; and a button to try it.
import { Button } from '../../components/button.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { deviceWords as words } from '../../messages/devices-en.ts'
import { renew, useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { DoorHealthCard } from './door-health-card.tsx'

export function DoorDoctor() {
  const { value, refusal } = useReading('doors.health', {})
  const amiss = (value ?? []).filter((door) => door.amiss).length
  return (
    <Page
      title={words.health}
      aside={
        <div className="flex items-center gap-3">
          <a href={linkTo('doors')} className="text-14 font-medium text-accent-ink hover:underline">
            {words.back}
          </a>
          <Button rank="primary" onClick={() => renew('doors.health')}>
            {words.again}
          </Button>
        </div>
      }
    >
      <p role="status" className="-mt-3 text-14 text-ink-3">
        {value === null ? words.healthAbout : amiss === 0 ? words.allWell : words.amiss(amiss)}
      </p>
      <RefusalLine refusal={refusal} />
      {value === null && refusal === null && (
        <div className="card">
          <SkeletonRows rows={4} />
        </div>
      )}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(460px,100%),1fr))] items-start gap-4">
        {value?.map((door) => (
          <DoorHealthCard key={door.id} door={door} />
        ))}
      </ul>
    </Page>
  )
}
