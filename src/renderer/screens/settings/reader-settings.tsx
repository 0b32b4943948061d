// Readers at this desk: their state in a sentence, one more, one less.
import { CircleAlert, CircleCheck, LoaderCircle, Nfc } from 'lucide-react'
import { useState } from 'react'
import type { ReaderState } from '../../../preload/shapes-readers.ts'
import { Button } from '../../components/button.tsx'
import { Chip, type Tone } from '../../components/chip.tsx'
import { Empty } from '../../components/empty.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { commonWords } from '../../messages/frame-en.ts'
import { readerWords as words } from '../../messages/readers-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { AddReader } from './add-reader.tsx'
import { saySettings } from './reader-fields.tsx'

export function ReaderSettings() {
  const { value: readers } = useReading('readers.list', {})
  return (
    <Section title={words.title} about={words.about} id="readers">
      <div className="flex flex-col gap-5">
        {readers?.length === 0 && (
          <Empty icon={Nfc} title={words.empty}>
            {words.emptyMore}
          </Empty>
        )}
        {readers !== null && readers.length > 0 && (
          <ul className="divide-y divide-line rounded-md border border-line">
            {readers.map((reader) => (
              <ReaderLine key={reader.id} reader={reader} />
            ))}
          </ul>
        )}
        <AddReader />
      </div>
    </Section>
  )
}

const LOOKS: Record<ReaderState['state'], [Tone, typeof CircleCheck]> = {
  starting: ['note', LoaderCircle],
  ready: ['granted', CircleCheck],
  missing: ['refused', CircleAlert],
  busy: ['grace', CircleAlert],
  denied: ['refused', CircleAlert],
}

function ReaderLine({ reader }: { reader: ReaderState }) {
  const [asked, setAsked] = useState(false)
  const deed = useDeed()
  const [tone, icon] = LOOKS[reader.state]
  const { value: profiles } = useReading('readers.profiles', {})
  const doors = useReading('doors.list', {}).value
  const set = saySettings(reader.settings)
  const door = doors?.find(({ id }) => id === reader.door)?.name ?? reader.door
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="truncate text-14 font-medium">{door === null ? words.atDesk : words.opens(door)}</p>
          <p className="text-13 text-ink-3">
            {profiles?.find(({ name }) => name === reader.profile)?.about ?? reader.profile}
            {' · '}
            <span className="font-mono">{reader.port}</span>
            {set !== '' && ` · ${set}`}
            {reader.lastReadAt !== null && (
              <>
                {' · '}
                {words.lastRead} <Moment at={reader.lastReadAt} />
              </>
            )}
          </p>
        </div>
        <Chip tone={tone} icon={icon}>
          {words.states[reader.state]}
        </Chip>
        <Button rank="quiet" size="small" aria-label={words.removeOf(reader.port)} onClick={() => setAsked(true)}>
          {words.remove}
        </Button>
      </div>
      {reader.refused !== null && (
        <p className="text-14 text-ink-2">
          {words.refused} (<Moment at={reader.refused.at} />
          ). {reader.refused.why}
        </p>
      )}
      {reader.sentence !== null && <p className="text-14 text-ink-2">{reader.sentence}</p>}
      {asked && (
        <Confirm
          ask={words.removeAsk}
          doIt={words.remove}
          keep={commonWords.keep}
          busy={deed.busy}
          onDo={() => void deed.run('readers.remove', { id: reader.id }, 'readers.list')}
          onKeep={() => setAsked(false)}
        />
      )}
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}
