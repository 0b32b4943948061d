// Who is in, where doors see people leave; else who came in today. A count and faces, and what they cannot know.
import { Avatar } from '../../components/avatar.tsx'
import { Later } from '../../components/later.tsx'
import { sayTime } from '../../format/moments.ts'
import { sayCount } from '../../format/money.ts'
import { deskWords } from '../../messages/desk-en.ts'
import { openMember } from '../../state/panel.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

const FACES = 19

export function CameIn() {
  const { value } = useReading('feed.today', {})
  const { locale } = useVoice()
  const isIn = value?.shows === 'in'
  return (
    <section aria-labelledby="came-in-title" className="card p-5">
      <h2 id="came-in-title" className="text-16 font-semibold">
        {isIn ? deskWords.nowInTitle : deskWords.cameInTitle}
      </h2>
      {value === null ? (
        <Later>
          <div className="breathe mt-3 h-24 rounded-md bg-hover" />
        </Later>
      ) : value.count === 0 ? (
        <p className="mt-2 text-14 text-ink-3">{isIn ? deskWords.nowInEmpty : deskWords.cameInEmpty}</p>
      ) : (
        <>
          <p className="mt-1 flex items-baseline gap-2">
            <span className="text-40 font-semibold">{sayCount(value.count, locale)}</span>
            <span className="text-16 text-ink-2">{deskWords.cameInCount(value.count)}</span>
          </p>
          <Faces people={value.people.slice(0, FACES)} more={value.count - Math.min(value.people.length, FACES)} />
          <p className="mt-4 text-13 text-ink-3">{isIn ? deskWords.nowInLimit : deskWords.cameInLimit}</p>
        </>
      )}
    </section>
  )
}

type Person = { id: string; name: string; at: string; door: string }

function Faces({ people, more }: { people: Person[]; more: number }) {
  const voice = useVoice()
  return (
    <ul className="mt-3 flex flex-wrap gap-2">
      {people.map((person) => {
        const label = deskWords.cameInOne(person.name, sayTime(Date.parse(person.at), voice), person.door)
        return (
          <li key={person.id}>
            <button
              type="button"
              aria-label={label}
              title={label}
              onClick={() => openMember(person.id)}
              className="block rounded-full hover:brightness-95"
            >
              <Avatar person={person} className="max-wide:size-8 max-wide:text-13" />
            </button>
          </li>
        )
      })}
      {more > 0 && (
        <li className="flex h-10 items-center px-2 text-14 font-medium text-ink-3">
          {deskWords.cameInMore(sayCount(more, voice.locale))}
        </li>
      )}
    </ul>
  )
}
