// Stripe's card readers: whether each is online and what it shows just now; one more, another name, one less.
import { CircleAlert, CircleCheck, CreditCard } from 'lucide-react'
import { useState } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Empty } from '../../components/empty.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { commonWords } from '../../messages/frame-en.ts'
import { payReaderWords as words } from '../../messages/pay-readers-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { AddPayReader } from './add-pay-reader.tsx'

type Reader = Reply<'payReaders.list'>['readers'][number]

export function PayReaderSettings() {
  const { value, refusal } = useReading('payReaders.list', {})
  return (
    <Section id="pay-readers" title={words.title} about={words.about}>
      <div className="flex flex-col gap-5">
        {refusal !== null && <Notice tone="still">{refusal.sentence}</Notice>}
        {value?.readers.length === 0 && (
          <Empty icon={CreditCard} title={words.empty}>
            {words.emptyMore}
          </Empty>
        )}
        {value !== null && value.readers.length > 0 && (
          <ul className="divide-y divide-line rounded-md border border-line">
            {value.readers.map((reader) => (
              <ReaderLine key={reader.id} reader={reader} />
            ))}
          </ul>
        )}
        {value !== null && <AddPayReader places={value.places} />}
      </div>
    </Section>
  )
}

function ReaderLine({ reader: { id, label, device, online, place, shows } }: { reader: Reader }) {
  const [asked, setAsked] = useState<'rename' | 'remove' | null>(null)
  const [name, setName] = useState(label)
  const deed = useDeed()

  async function rename(): Promise<void> {
    const outcome = await deed.run('payReaders.rename', { id, label: name }, 'payReaders.list', 'signUps.readers')
    if (outcome.ok) setAsked(null)
  }

  return (
    <li data-pay-reader className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-[1_1_220px]">
          <p className="truncate text-14 font-medium">{label}</p>
          <p className="text-13 text-ink-3">{words.at(device, place)}</p>
          <p className="text-13 text-ink-2">{shows}</p>
        </div>
        <Chip tone={online ? 'granted' : 'refused'} icon={online ? CircleCheck : CircleAlert}>
          {online ? words.online : words.offline}
        </Chip>
        <Button rank="quiet" size="small" aria-label={words.renameOf(label)} onClick={() => setAsked('rename')}>
          {words.rename}
        </Button>
        <Button rank="quiet" size="small" aria-label={words.removeOf(label)} onClick={() => setAsked('remove')}>
          {words.remove}
        </Button>
      </div>
      {asked === 'rename' && (
        <Form onSubmit={rename} className="flex items-end gap-3">
          <TextField
            className="flex-1"
            label={words.label}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" disabled={deed.busy}>
            {words.save}
          </Button>
        </Form>
      )}
      {asked === 'remove' && (
        <Confirm
          ask={words.removeAsk(label)}
          doIt={words.remove}
          keep={commonWords.keep}
          busy={deed.busy}
          onDo={() => void deed.run('payReaders.remove', { id }, 'payReaders.list', 'signUps.readers')}
          onKeep={() => setAsked(null)}
        />
      )}
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}
