// Sign up: whoever is in the middle of it, and someone new. One sign-up is a page of its own by its link.
import { Avatar } from '../../components/avatar.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page, Section } from '../../components/page.tsx'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo, useRoute } from '../../state/route.ts'
import { PersonQuestion } from './person-question.tsx'
import { SignUpPage } from './sign-up-page.tsx'

export function SignUpScreen() {
  const id = useRoute((route) => route.id)
  return id === null ? <Start /> : <SignUpPage key={id} id={id} />
}

function Start() {
  const { value, refusal } = useReading('signUps.list', {})
  // From what is to do on the desk: those who wait come first.
  const fromTodo = useRoute((route) => route.params.has('show'))
  const who = (
    <Section title={words.person} about={words.personMore}>
      <PersonQuestion />
    </Section>
  )
  return (
    <Page title={words.title} narrow>
      {!fromTodo && who}
      <Section title={words.openOnes} about={value?.length === 0 ? words.noOpenOnes : words.openOnesMore}>
        <RefusalLine refusal={refusal} />
        {value === null && refusal === null && <SkeletonRows rows={2} />}
        <ul className="flex flex-col gap-2">
          {value?.map(({ id, member, plan, startedAt, step, way, doing, provisional }) => (
            <li key={id}>
              <a
                href={linkTo('sign-up', id)}
                aria-label={words.goOn(member?.name ?? words.nobody)}
                className="flex min-h-14 items-center gap-3 rounded-md border border-line px-3 py-2 hover:border-line-strong hover:bg-hover"
              >
                <Avatar person={member} size="small" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-14 font-medium">{member?.name ?? words.nobody}</span>
                  <span className="block text-13 text-ink-3">
                    {step === 'card'
                      ? words.handOver
                      : way === 'link' && doing !== null
                        ? words.linkOut
                        : provisional?.given && provisional.sentence}
                  </span>
                </span>
                <span className="truncate text-14 text-ink-2">{plan?.name}</span>
                <span className="text-13 text-ink-3">
                  <Moment at={startedAt} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      </Section>
      {fromTodo && who}
    </Page>
  )
}
