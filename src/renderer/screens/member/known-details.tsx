// What a person told of themselves, as a list, and their signatures.
import type { MemberDetails } from '../../../preload/shapes-details.ts'
import { Signature } from '../../components/signature.tsx'
import { sayDay } from '../../format/moments.ts'
import { waiverWords, detailWords as words } from '../../messages/details-en.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'

export function KnownDetails({ details }: { details: MemberDetails }) {
  const voice = useVoice()
  // Noon of that day falls on that day in every zone.
  const say = (day: string) => sayDay(Date.parse(`${day}T12:00:00Z`), deskNow(), { ...voice, zone: 'UTC' })
  const { birthDate, ofAgeOn, isMinor, signatures } = details
  const born = birthDate === '' ? '' : say(birthDate)
  const does = (['guardianSigns', 'guardianPays', 'guardianCalled'] as const).filter((one) => details[one])
  const lines: [string, string[]][] = [
    [words.emergency, [details.emergencyName, details.emergencyPhone]],
    [words.birthDate, [born, isMinor && ofAgeOn !== null ? words.ofAgeOn(say(ofAgeOn)) : '']],
    [
      words.guardian,
      isMinor
        ? [details.guardianName, details.guardianPhone, details.guardianEmail, ...does.map((one) => words[one])]
        : [],
    ],
    [words.company, [details.company]],
    [words.heard, [details.heard]],
    [words.notes, [details.notes]],
  ]
  const told = lines
    .map(([label, texts]): [string, string[]] => [label, texts.filter((text) => text !== '')])
    .filter(([, texts]) => texts.length > 0)
  if (told.length === 0 && signatures.length === 0) return <p className="text-14 text-ink-3">{words.nothing}</p>
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] gap-x-4 gap-y-2 text-14">
        {told.map(([label, texts]) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="min-w-0 whitespace-pre-wrap break-words">
              {texts.map((text) => (
                <span key={text} className="block">
                  {text}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {signatures.map(({ version, at, name, strokes }) => (
        <figure key={`${version} ${at}`} className="flex flex-col gap-1">
          {strokes !== null && <Signature strokes={strokes} label={waiverWords.signature(name, version)} />}
          <figcaption className="text-13 text-ink-3">
            {waiverWords.version(version)}: {strokes === null ? waiverWords.typed(name) : name},{' '}
            {sayDay(Date.parse(at), deskNow(), voice)}
          </figcaption>
        </figure>
      ))}
    </div>
  )
}
