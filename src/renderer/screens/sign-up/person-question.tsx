// Who signs up: somebody who is here, found by typing, or someone new; whoever shares their email or phone is shown first.
import { useMemo, useState } from 'react'
import type { Args } from '../../../preload/contract.ts'
import type { MemberRow } from '../../../preload/shapes.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { waitWords } from '../../messages/card-wait-en.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { linkTo } from '../../state/route.ts'
import { createSearch } from '../../state/search.ts'

export function PersonQuestion() {
  const search = useMemo(createSearch, [])
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [phone, setPhone] = useState('')
  const [alike, setAlike] = useState<MemberRow[]>([])
  const deed = useDeed()

  async function start(args: Args<'signUps.start'>): Promise<void> {
    const outcome = await deed.run('signUps.start', args, 'signUps.list', 'members.list')
    if (!outcome.ok) return
    setAlike(outcome.value.candidates)
    if (outcome.value.signUp !== null) window.location.hash = linkTo('sign-up', outcome.value.signUp.id)
  }

  const someoneNew = (same?: string) =>
    start({
      name,
      emails: email.trim() === '' ? [] : [email],
      ...(phone.trim() === '' ? {} : { phone }),
      ...(same === undefined ? {} : { same }),
    })

  return (
    <div className="flex flex-col gap-5">
      <PersonSearch
        search={search}
        floating={false}
        label={words.searchLabel}
        hint={waitWords.searchHint}
        found={frameWords.searchFound}
        nobody={() => waitWords.searchNobody}
        onTake={({ id }) => void start({ member: id })}
      />
      <Form onSubmit={() => someoneNew()}>
        <p className="text-14 font-medium">{words.newPerson}</p>
        <TextField label={words.name} value={name} onChange={(event) => setName(event.target.value)} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={words.email}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <TextField label={words.phone} type="tel" value={phone} onChange={(event) => setPhone(event.target.value)} />
        </div>
        <RefusalLine refusal={deed.refusal} />
        {alike.length > 0 && (
          <fieldset className="flex flex-col gap-2" aria-label={words.alike}>
            <p className="text-14 font-medium">{words.alike}</p>
            {alike.map((person) => (
              <button
                key={person.id}
                type="button"
                onClick={() => void start({ member: person.id })}
                className="flex min-h-11 items-center gap-3 rounded-md border border-line px-3 py-2 text-left hover:border-line-strong hover:bg-hover"
              >
                <Avatar person={person} size="small" />
                <span className="min-w-0 flex-1 truncate text-14 font-medium">{person.name}</span>
                <StandingChip standing={person.standing} />
              </button>
            ))}
            <Button className="self-start" disabled={deed.busy} onClick={() => void someoneNew('new')}>
              {words.alikeNew}
            </Button>
          </fieldset>
        )}
        {alike.length === 0 && (
          <Button rank="primary" type="submit" disabled={deed.busy || name.trim() === ''} className="h-11 self-start">
            {words.next}
          </Button>
        )}
      </Form>
    </div>
  )
}
