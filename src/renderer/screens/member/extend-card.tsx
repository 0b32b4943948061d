// A card that ran out: the button that asks until when it opens from now on.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { localDay } from '../../format/moments.ts'
import { panelWords as words } from '../../messages/members-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'

const YEAR_MS = 365 * 86_400_000

export function ExtendCard({ card, rank = 'plain' }: { card: string; rank?: 'primary' | 'plain' }) {
  const voice = useVoice()
  const [open, setOpen] = useState(false)
  const [day, setDay] = useState(() => localDay(deskNow() + YEAR_MS, voice))
  const deed = useDeed()
  async function extend(): Promise<void> {
    const outcome = await deed.run('cards.extend', { card, until: day }, 'members.get', 'cards.list', 'feed.why')
    if (outcome.ok) setOpen(false)
  }
  return (
    <>
      <Button rank={rank} size="small" onClick={() => setOpen(true)}>
        {words.remedies['extend-card']}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={words.extendTitle} about={words.extendAbout}>
        <Form onSubmit={extend}>
          <TextField
            label={words.extendUntil}
            type="date"
            required
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
          <RefusalLine refusal={deed.refusal} />
          <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
            {words.remedies['extend-card']}
          </Button>
        </Form>
      </Dialog>
    </>
  )
}
