// For whom a door opens, as it works out from its own plans, its groups and hours; and what else it asks.
import type { Door } from '../../../preload/shapes-doors.ts'
import { accessWords as words } from '../../messages/access-en.ts'
import { doorWords } from '../../messages/doors-en.ts'

export function OpensFor({ door }: { door: Door }) {
  const { every, plans } = door.opensFor
  const isOut = door.direction === 'out'
  const always = plans.filter(({ hours }) => hours === null).map(({ name }) => name)
  const timed = plans.filter(({ hours }) => hours !== null)
  const chips = every ? [doorWords.everyPlan] : plans.length === 0 ? [doorWords.noPlan] : always
  const facts = [
    !isOut && door.inductions.length > 0 && words.asksFor(door.inductions.map(({ name }) => name)),
    !isOut && door.groups.length > 0 && words.inGroups(door.groups.map(({ name }) => name)),
    door.direction !== null && words.directionShort[door.direction],
    door.antiPassback && words.antiPassbackShort,
  ].filter((fact) => fact !== false)
  return (
    <>
      {isOut ? (
        <p className="text-14">{words.everyCard}</p>
      ) : (
        <>
          {chips.length > 0 && (
            <ul className="flex flex-wrap gap-1.5">
              {chips.map((name) => (
                <li
                  key={name}
                  className="rounded-full bg-still-soft px-2.5 text-13 leading-6 font-medium text-still-ink"
                >
                  {name}
                </li>
              ))}
            </ul>
          )}
          {timed.length > 0 && (
            <ul className="flex flex-col gap-1 text-13">
              {timed.map(({ plan, name, hours }) => (
                <li key={plan} className="flex flex-wrap gap-x-1.5">
                  <span className="font-medium">{name}</span>
                  <span className="text-ink-2">{hours}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {facts.length > 0 && <p className="text-13 text-ink-2">{facts.join(' · ')}</p>}
    </>
  )
}
