// Who it may be: people who share the email or the phone, those who have begun and not paid with where they stopped.
import { useEffect, useRef } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { signUpWords as words } from '../../messages/sign-up-en.ts'

type Props = { found: Reply<'signUps.start'>; busy: boolean; onTake: (same: string) => void }

export function Alike({ found: { candidates, begun }, busy, onTake }: Props) {
  const question = useRef<HTMLFieldSetElement>(null)
  // It may lie below the window. None of its answers has the focus: a second Enter would give it.
  useEffect(() => question.current?.focus(), [])
  return (
    <fieldset ref={question} tabIndex={-1} data-quiet-focus className="flex flex-col gap-2">
      <legend className="mb-2 text-14 font-medium">{words.alike}</legend>
      {candidates.map((person) => {
        const sentence = begun.find(({ member }) => member === person.id)?.sentence
        return (
          <button
            key={person.id}
            type="button"
            disabled={busy}
            onClick={() => onTake(person.id)}
            className="flex min-h-11 items-center gap-3 rounded-md border border-line px-3 py-2 text-left hover:border-line-strong hover:bg-hover"
          >
            <Avatar person={person} size="small" />
            <span className="min-w-0 flex-1">
              <span className="block text-14 font-medium">{sentence ?? person.name}</span>
              {person.emails[0] !== undefined && (
                <span className="block truncate text-13 text-ink-3">{person.emails.join(', ')}</span>
              )}
            </span>
            {sentence === undefined && <StandingChip standing={person.standing} />}
          </button>
        )
      })}
      <Button className="h-11 self-start" disabled={busy} onClick={() => onTake('new')}>
        {words.alikeNew}
      </Button>
    </fieldset>
  )
}
