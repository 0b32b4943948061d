// Sending the report now, and looking at it as it would go.
import { Eye, Send } from 'lucide-react'
import { useState } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import type { ReportMailState } from '../../../preload/shapes-report-mail.ts'
import { Button } from '../../components/button.tsx'
import { Moment } from '../../components/moment.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { byMailWords as words } from '../../messages/by-mail-en.ts'
import { useDeed } from '../../state/deed.ts'
import { ByMailLetter } from './by-mail-letter.tsx'

export function ByMailNow({ state: { settings, cannot, next } }: { state: ReportMailState }) {
  const [said, setSaid] = useState<string | null>(null)
  const [letter, setLetter] = useState<Reply<'report.letter'> | null>(null)
  const sending = useDeed()
  const showing = useDeed()
  const may = cannot === null && settings.to.length > 0

  async function send(): Promise<void> {
    setSaid(null)
    const outcome = await sending.run('report.sendMail', {}, 'report.mail')
    if (outcome.ok) setSaid(outcome.value.sentence)
  }
  async function show(): Promise<void> {
    if (letter !== null) return setLetter(null)
    const outcome = await showing.run('report.letter', {})
    if (outcome.ok) setLetter(outcome.value)
  }

  return (
    <div className="flex flex-col gap-3 border-t border-line pt-5">
      {may && (
        <p className="text-14 break-words">
          {next === null ? (
            words.off
          ) : (
            <>
              {words.next} <Moment at={next} className="font-semibold" />.
            </>
          )}{' '}
          {words.goesTo(settings.to.join(', '))}
        </p>
      )}
      <RefusalLine refusal={sending.refusal ?? showing.refusal} />
      {said !== null && (
        <Notice tone="note" role="status">
          {said}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button disabled={sending.busy || !may} onClick={() => void send()}>
          <Send className="size-4" />
          {sending.busy ? words.making : words.send}
        </Button>
        <Button disabled={showing.busy} aria-expanded={letter !== null} onClick={() => void show()}>
          <Eye className="size-4" />
          {showing.busy ? words.making : letter === null ? words.show : words.hide}
        </Button>
      </div>
      {letter !== null && <ByMailLetter letter={letter} />}
    </div>
  )
}
