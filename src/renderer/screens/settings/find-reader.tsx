// Hold a card at the reader: what comes is shown as it comes, with what it may be; a printed number decides.
import { LoaderCircle, Radio, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { ReaderGuess, ReaderSearch } from '../../../preload/shapes-readers.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { readerWords as words } from '../../messages/readers-en.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { learnFromPrinted, useReaderSearch } from '../../state/reader-search.ts'
import { saySettings } from './reader-fields.tsx'

type Props = {
  search: ReaderSearch
  busy: boolean
  onUse: (guess: ReaderGuess) => void
  onEnd: () => void
  onAgain: () => void
}

export function FindReader({ search, busy, onUse, onEnd, onAgain }: Props) {
  const refusal = useReaderSearch((facts) => facts.refusal)
  const now = useDeskNow(1_000)
  const ended = search.state === 'ended'
  const left = Math.max(0, Math.round((Date.parse(search.until) - now) / 1_000))
  return (
    <section aria-label={words.find} className="flex flex-col gap-4 rounded-md border border-line-strong/60 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <StateIcon state={search.state} />
        <p role="status" className="min-w-0 flex-1 text-16 font-medium">
          {search.sentence}
        </p>
        {!ended && <span className="figures text-13 text-ink-3">{words.secondsLeft(left)}</span>}
        <Button size="small" onClick={ended ? onAgain : onEnd}>
          {ended ? words.findAgain : words.findStop}
        </Button>
      </div>
      {search.guesses.length > 0 && <Guesses guesses={search.guesses} busy={busy} onUse={onUse} />}
      {search.guesses.length > 1 && !ended && <Printed />}
      <RefusalLine refusal={refusal} />
      <Came heard={search.heard} />
    </section>
  )
}

function StateIcon({ state }: { state: ReaderSearch['state'] }) {
  if (state === 'trouble') return <TriangleAlert className="size-5 shrink-0 text-grace-ink" />
  if (state === 'asking')
    return <LoaderCircle className="size-5 shrink-0 animate-spin text-ink-3 motion-reduce:animate-none" />
  return <Radio className={`size-5 shrink-0 ${state === 'listening' ? 'text-accent-ink' : 'text-ink-3'}`} />
}

function Guesses({
  guesses,
  busy,
  onUse,
}: {
  guesses: ReaderGuess[]
  busy: boolean
  onUse: (guess: ReaderGuess) => void
}) {
  const sure = guesses.length === 1
  return (
    <div>
      <h4 className="pb-1.5 text-13 font-medium text-ink-2">{sure ? words.is : words.mayBe}</h4>
      <ul className="divide-y divide-line rounded-md border border-line">
        {guesses.map((guess) => (
          <li
            key={`${guess.profile} ${JSON.stringify(guess.settings)}`}
            className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5"
          >
            <div className="min-w-0 flex-1">
              <p className="text-14 font-medium">{titleOf(guess, sure)}</p>
              <p className="text-13 text-ink-3">{restOf(guess, sure)}</p>
            </div>
            <Button
              rank={sure ? 'primary' : 'plain'}
              size={sure ? 'usual' : 'small'}
              disabled={busy}
              onClick={() => onUse(guess)}
            >
              {sure ? words.use : words.useThis}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Several differ mostly in how they write; one alone is told by its kind. */
function titleOf({ about, settings }: ReaderGuess, sure: boolean): string {
  return sure ? about : saySettings(settings) || about
}

function restOf({ about, settings, card }: ReaderGuess, sure: boolean): string {
  const set = saySettings(settings)
  const rest = set === '' ? '' : sure ? `${set} · ` : `${about} · `
  return rest + words.readsAs(card)
}

function Printed() {
  const [printed, setPrinted] = useState('')
  return (
    <Form onSubmit={() => learnFromPrinted(printed)} className="flex flex-wrap items-start gap-3">
      <TextField
        label={words.printed}
        help={words.printedHelp}
        mono
        required
        className="min-w-60 flex-1"
        maxLength={80}
        value={printed}
        onChange={(event) => setPrinted(event.target.value)}
      />
      <Button type="submit" className="mt-6.5">
        {words.printedButton}
      </Button>
    </Form>
  )
}

function Came({ heard }: { heard: ReaderSearch['heard'] }) {
  return (
    <div>
      <h4 className="pb-1.5 text-13 font-medium text-ink-2">{words.came}</h4>
      {heard.length === 0 ? (
        <p className="text-13 text-ink-3">{words.nothingCame}</p>
      ) : (
        <ol className="flex flex-col gap-1 rounded-md bg-sunken px-3 py-2 font-mono text-13">
          {heard.slice(0, 4).map(({ at, hex, text }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two bursts of one moment differ in nothing else.
            <li key={`${at} ${n}`} className={n === 0 ? '' : 'text-ink-3'}>
              <span className="block truncate">{text === '' ? words.noBytes : text}</span>
              {hex !== '' && <span className="block truncate text-ink-3">{hex.replace(/(..)(?=.)/g, '$1 ')}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
