// Whom doors refuse because Stripe is silent, by name, and a manager's word that old data holds for longer.
import { type ReactNode, useState } from 'react'
import type { OutageForecast } from '../../../preload/shapes-outage.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { sayDay } from '../../format/moments.ts'
import { sayCount } from '../../format/money.ts'
import { outageWords as words } from '../../messages/outage-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { openMember } from '../../state/panel.ts'
import { useVoice } from '../../state/voice.ts'
import { ExtendOutage } from './extend-outage.tsx'
import { Until } from './until.tsx'

type Props = { forecast: OutageForecast; onClose: () => void }

export function OutageDialog({ forecast, onClose }: Props) {
  const [extending, setExtending] = useState(false)
  const { refused, first, next, extensions } = forecast
  return (
    <Dialog open onClose={onClose} title={words.title} about={words.about}>
      {extending ? (
        <ExtendOutage onDone={() => setExtending(false)} />
      ) : (
        <div className="flex flex-col gap-5">
          {refused.count > 0 && <Group title={words.already} group={refused} onOpen={onClose} />}
          {first !== null && <Group title={<Until at={first.at} />} group={first} onOpen={onClose} />}
          {refused.count === 0 && first === null && <p className="text-14 text-ink-2">{words.nobody}</p>}
          {next.length > 0 && <Afterwards next={next} />}
          {extensions.map((extension) => (
            <Extension key={extension.id} extension={extension} />
          ))}
          <Button className="self-start" onClick={() => setExtending(true)}>
            {words.extend}
          </Button>
        </div>
      )}
    </Dialog>
  )
}

function Afterwards({ next }: Pick<OutageForecast, 'next'>) {
  const { locale } = useVoice()
  return (
    <section>
      <h3 className="text-13 font-medium text-ink-3">{words.after}</h3>
      <ul className="mt-1 text-14 text-ink-2">
        {next.map(({ at, count }) => (
          <li key={at} className="flex justify-between gap-4 py-0.5">
            <Moment at={at} />
            <span className="figures">{words.people(count, sayCount(count, locale))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type GroupProps = { title: ReactNode; group: OutageForecast['refused']; onOpen: () => void }

function Group({ title, group: { count, people }, onOpen }: GroupProps) {
  const { locale } = useVoice()
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  return (
    <section>
      <div className="flex items-baseline justify-between gap-4">
        <h3 className="text-16 font-semibold">{title}</h3>
        <span className="figures text-13 text-ink-3">{words.people(count, sayCount(count, locale))}</span>
      </div>
      <ul className="-mx-2 mt-1 max-h-56 overflow-y-auto">
        {people.map(({ id, name, doors }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => {
                onOpen()
                openMember(id)
              }}
              className="flex min-h-8 w-full items-baseline gap-2 rounded-md px-2 py-1 text-left text-14 hover:bg-hover"
            >
              <span className="min-w-0 truncate font-medium">{name}</span>
              {doors !== null && <span className="text-13 text-ink-3">{words.atDoors(list.format(doors))}</span>}
            </button>
          </li>
        ))}
        {count > people.length && (
          <li className="px-2 py-1 text-14 text-ink-3">{words.more(sayCount(count - people.length, locale))}</li>
        )}
      </ul>
    </section>
  )
}

function Extension({ extension: { id, door, until, why, by } }: { extension: OutageForecast['extensions'][number] }) {
  const deed = useDeed()
  const voice = useVoice()
  return (
    <>
      <Notice
        tone="still"
        action={
          <Button
            size="small"
            disabled={deed.busy}
            onClick={() => void deed.run('outage.endExtension', { id }, 'outage.forecast', 'members.get')}
          >
            {words.end}
          </Button>
        }
      >
        <span className="font-medium">
          {words.extended(door?.name ?? null, sayDay(Date.parse(until) - 1, deskNow(), voice))}
        </span>
        <span className="block text-13">{words.extendedBy(why, by)}</span>
      </Notice>
      <RefusalLine refusal={deed.refusal} />
    </>
  )
}
