// What a device in use holds, and taking it over: nothing on it is changed before somebody confirms here.
import { useEffect } from 'react'
import type { Adoption, DeviceCard } from '../../../preload/shapes-devices.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { deviceWords as words } from '../../messages/devices-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { renew, useReading } from '../../state/readings.ts'

type Props = { door: { id: string; name: string }; onClose: () => void }

export function AdoptDevice({ door, onClose }: Props) {
  const { value, refusal } = useReading('doors.adoption', { id: door.id })
  const deed = useDeed()
  // Asked once while it is looked at, for reading a device takes a while; and anew the next time.
  useEffect(() => () => renew('doors.adoption'), [])

  async function adopt(replace: string | null): Promise<void> {
    const args = { id: door.id, ...(replace === null ? {} : { replace }) }
    const outcome = await deed.run('doors.adopt', args, 'doors.list', 'doors.health')
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open wide onClose={onClose} title={words.adoptTitle(door.name)} about={words.adoptAbout}>
      <div className="flex flex-col gap-4">
        {value === null && refusal === null && (
          <p role="status" className="text-14 text-ink-2">
            {words.reading}
          </p>
        )}
        <RefusalLine refusal={refusal} />
        {value !== null && <Holds adoption={value} />}
        {value?.otherDesk != null && <Notice tone="grace">{words.otherDesk(value.otherDesk)}</Notice>}
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button
            rank="primary"
            disabled={value === null || deed.busy}
            onClick={() => void adopt(value?.otherDesk ?? null)}
          >
            {value?.otherDesk == null ? words.adoptDo : words.adoptReplace(value.otherDesk)}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function Holds({ adoption: { matched, unknown, missing } }: { adoption: Adoption }) {
  const withRight = matched.filter(({ opens }) => opens)
  const without = matched.filter(({ opens }) => !opens)
  // First what somebody will miss.
  const parts: [string, DeviceCard[]][] = [
    [words.unknown(unknown.length), unknown],
    [words.noRight(without.length), without],
    [words.missing(missing.length), missing],
    [words.matched(withRight.length), withRight],
  ]
  const shown = parts.filter(([, cards]) => cards.length > 0)
  if (shown.length === 0) return <p className="text-14 text-ink-2">{words.nothing}</p>
  return shown.map(([title, cards]) => (
    <details key={title} open={cards.length <= 8} className="rounded-md border border-line px-4 py-2">
      <summary className="cursor-pointer text-14 font-medium">{title}</summary>
      <ul className="mt-2 max-h-56 overflow-y-auto">
        {cards.map(({ card, member }) => (
          <li key={card} className="flex justify-between gap-3 py-1 text-14">
            <span className="min-w-0 truncate">{member?.name ?? words.nobody}</span>
            <span className="figures font-mono text-13 text-ink-3">{card}</span>
          </li>
        ))}
      </ul>
    </details>
  ))
}
