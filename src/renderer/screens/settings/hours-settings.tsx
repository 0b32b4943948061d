// Hours that plans and doors can go by, and holidays.
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Hours } from '../../../preload/shapes-access.ts'
import { Button } from '../../components/button.tsx'
import { KeptLine, KeptList } from '../../components/kept-line.tsx'
import { Section } from '../../components/page.tsx'
import { accessWords as words } from '../../messages/access-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { HolidayList } from './holiday-list.tsx'
import { HoursForm } from './hours-form.tsx'

export function HoursSettings() {
  const hours = useReading('hours.list', {}).value
  const [open, setOpen] = useState<Hours | 'new' | null>(null)
  if (hours === null) return null
  return (
    <Section
      id="hours"
      title={words.hours}
      about={words.hoursAbout}
      aside={
        <Button size="small" onClick={() => setOpen('new')}>
          <Plus className="size-4" />
          {words.newHours}
        </Button>
      }
    >
      <div className="flex flex-col gap-6">
        {hours.length === 0 ? (
          <p className="text-14 text-ink-3">{words.noHours}</p>
        ) : (
          <KeptList>
            {hours.map((one) => (
              <HoursLine key={one.id} hours={one} onChange={() => setOpen(one)} />
            ))}
          </KeptList>
        )}
        <HolidayList />
      </div>
      {open !== null && <HoursForm hours={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  )
}

function HoursLine({ hours, onChange }: { hours: Hours; onChange: () => void }) {
  const { id, name, says, usedBy } = hours
  const deed = useDeed()
  return (
    <KeptLine
      name={name}
      deed={deed}
      change={{ word: words.change, label: words.changeHours(name), onDo: onChange }}
      remove={{
        word: words.remove,
        label: words.removeHours(name),
        ask: words.removeHoursAsk(name),
        onDo: () => void deed.run('hours.remove', { id }, 'hours.list'),
      }}
    >
      <p className="text-14 text-ink-2">{says}</p>
      <p className="text-13 text-ink-3">{usedBy.length === 0 ? words.unused : words.usedBy(usedBy)}</p>
    </KeptLine>
  )
}
