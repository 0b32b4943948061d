// Who it is: somebody who is here, or someone new. Whoever shares the email or phone is shown before anybody is made.
import { useMemo, useState } from 'react'
import type { Args, Reply } from '../../../preload/contract.ts'
import { Button } from '../../components/button.tsx'
import { DetailFields } from '../../components/detail-fields.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { waitWords } from '../../messages/card-wait-en.ts'
import { detailWords } from '../../messages/details-en.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { type Deed, useDeed } from '../../state/deed.ts'
import { detailsIn, NOTHING_TYPED, nameOf, useNewPerson, useSaid, useStanding } from '../../state/detail-form.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { createSearch } from '../../state/search.ts'
import { Alike } from './alike.tsx'
import { NameFields } from './name-fields.tsx'

const NOBODY: Reply<'signUps.start'> = { signUp: null, candidates: [], begun: [] }

export function PersonQuestion() {
  const search = useMemo(createSearch, [])
  const asked = useReading('details.asked', {}).value
  const typed = useNewPerson()
  const [alike, setAlike] = useState(NOBODY)
  const deed = useDeed()
  const picking = useDeed()
  const said = useSaid(deed.refusal)
  const standing = useStanding(said, typed)

  function type(news: Partial<typeof typed>): void {
    useNewPerson.setState(news)
    // Whoever was like somebody else need not be like this one.
    setAlike(NOBODY)
  }

  async function start(by: Deed, args: Args<'signUps.start'>): Promise<void> {
    const outcome = await by.run('signUps.start', args, 'signUps.list', 'members.list')
    if (!outcome.ok) return
    setAlike(outcome.value)
    if (outcome.value.signUp === null) return
    if (args.member === undefined) useNewPerson.setState(NOTHING_TYPED)
    window.location.hash = linkTo('sign-up', outcome.value.signUp.id)
  }

  const someoneNew = (same?: string) =>
    start(deed, {
      name: nameOf(typed),
      emails: typed.email.trim() === '' ? [] : [typed.email],
      ...(typed.phone.trim() === '' ? {} : { phone: typed.phone }),
      ...(same === undefined ? {} : { same }),
      details: saidIn(detailsIn(typed)),
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
        onTake={({ id }) => void start(picking, { member: id })}
      />
      <RefusalLine refusal={picking.refusal} />
      {asked !== null && (
        <Form onSubmit={() => someoneNew()}>
          <div className="flex min-h-8 items-center justify-between">
            <p className="text-14 font-medium">{words.newPerson}</p>
            {nameOf(typed) !== '' && (
              <Button size="small" rank="quiet" onClick={() => type(NOTHING_TYPED)}>
                {detailWords.clear}
              </Button>
            )}
          </div>
          <DetailFields asked={asked} typed={typed} onType={type} said={said}>
            <NameFields two={asked.twoNames} typed={typed} onType={type} fault={standing?.name} />
          </DetailFields>
          <RefusalLine refusal={said === null ? deed.refusal : null} />
          {alike.candidates.length > 0 ? (
            <Alike found={alike} busy={deed.busy} onTake={(same) => void someoneNew(same)} />
          ) : (
            <Button rank="primary" type="submit" disabled={deed.busy} className="h-11 self-start">
              {words.next}
            </Button>
          )}
        </Form>
      )}
    </div>
  )
}

/** What was left empty was not said: of somebody who is here it stays as it is known. */
function saidIn(details: ReturnType<typeof detailsIn>): NonNullable<Args<'signUps.start'>['details']> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== '' && value !== true))
}
