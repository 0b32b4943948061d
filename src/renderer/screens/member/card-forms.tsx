// What is written on a card, and its last day.
import { useState } from 'react'
import type { CardRow } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { localDay } from '../../format/moments.ts'
import { cardWords as words } from '../../messages/cards-en.ts'
import { type Deed, useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { ABOUT_CARDS } from './about-cards.ts'

type Props = { card: CardRow; onClose: () => void }

export function LabelForm({ card, onClose }: Props) {
  const [label, setLabel] = useState(card.label ?? '')
  const deed = useDeed()
  return (
    <Dialog open onClose={onClose} title={words.labelTitle} about={words.labelAbout}>
      <Form onSubmit={() => closing(deed.run('cards.label', { card: card.canonical, label }, ...ABOUT_CARDS), onClose)}>
        <TextField
          label={words.labelField}
          maxLength={60}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <RefusalLine refusal={deed.refusal} />
        <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
          {words.save}
        </Button>
      </Form>
    </Dialog>
  )
}

const YEAR_MS = 365 * 86_400_000

export function LastDayForm({ card, onClose }: Props) {
  const voice = useVoice()
  const last = card.validUntil === null ? deskNow() + YEAR_MS : Date.parse(card.validUntil) - 1
  const [day, setDay] = useState(() => localDay(last, voice))
  const deed = useDeed()
  const set = (until: string | null) =>
    closing(deed.run('cards.setLastDay', { card: card.canonical, until }, ...ABOUT_CARDS), onClose)
  return (
    <Dialog open onClose={onClose} title={words.lastDayTitle} about={words.lastDayAbout}>
      <Form onSubmit={() => set(day)}>
        <TextField
          label={words.lastDayField}
          type="date"
          required
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        <RefusalLine refusal={deed.refusal} />
        <div className="flex gap-2">
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {words.save}
          </Button>
          {card.validUntil !== null && (
            <Button disabled={deed.busy} onClick={() => void set(null)}>
              {words.noLastDay}
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  )
}

async function closing(asked: ReturnType<Deed['run']>, onClose: () => void): Promise<void> {
  if ((await asked).ok) onClose()
}
