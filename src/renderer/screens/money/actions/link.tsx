// Stripe's page of their invoice, by mail.
import type { Acted } from '../../../../preload/shapes-late.ts'
import type { Outcome } from '../../../../preload/wire.ts'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import { useDeed } from '../../../state/deed.ts'
import { useLateAbout } from '../../../state/late-about.ts'
import { type LateOutcome, tellOutcome } from '../../../state/late-outcome.ts'
import { call } from '../../../state/link.ts'
import { Ask, linesOf, peopleIn } from './ask.tsx'
import type { ActionProps } from './dialog-props.ts'

/** What came of mailing; whoever was mailed lately is mailed again when that is asked for. */
export function mailOutcome(
  acted: Acted,
  say: (people: string[]) => string,
  send: (lines: string[]) => Promise<Outcome<Acted>>,
): LateOutcome {
  const lately = acted.not.filter(({ again }) => again)
  const again = async () => {
    const outcome = await send(lately.map(({ line }) => line))
    const not = (sentence: string) => lately.map((one) => ({ ...one, sentence, again: false }))
    const then = outcome.ok ? outcome.value : { act: null, done: [], not: not(outcome.refusal.sentence) }
    tellOutcome({ words: say(peopleIn(then)), acted: then, again: null })
  }
  return { words: say(peopleIn(acted)), acted, again: lately.length === 0 ? null : again }
}

export function LinkDialog({ rows, onActed, onClose }: ActionProps) {
  const about = useLateAbout(rows)
  const deed = useDeed()
  async function send(): Promise<void> {
    const outcome = await deed.run('late.link', { lines: linesOf(rows) })
    if (!outcome.ok) return
    const say = (people: string[]) => words.linkDone(about.people(people))
    onActed(mailOutcome(outcome.value, say, (lines) => call('late.link', { lines, again: true })))
  }
  return (
    <Ask
      title={words.linkTitle(about.people())}
      about={words.linkAbout}
      doIt={words.linkDo(about.people())}
      deed={deed}
      onSubmit={send}
      onClose={onClose}
    >
      <p className="figures text-14">{about.all}</p>
    </Ask>
  )
}
