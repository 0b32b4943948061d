// A person's face: their photo, else initials on a tint, or an icon for a card that nobody has.
import { CreditCard } from 'lucide-react'
import { faceOf, initialsOf } from '../format/face.ts'
import { usePhoto } from '../state/photos.ts'
import { cx } from './cx.ts'

const SIZES = {
  small: 'size-8 text-13 rounded-full',
  usual: 'size-10 text-14 rounded-full',
  large: 'size-16 text-20 rounded-full',
  huge: 'size-24 text-28 rounded-full',
  /** For comparing faces: nothing is cut off. */
  portrait: 'size-36 text-40 rounded-md',
}

type Props = { person: { id: string; name: string } | null; size?: keyof typeof SIZES; className?: string }

export function Avatar({ person, size = 'usual', className }: Props) {
  const photo = usePhoto(person?.id ?? null)
  return (
    <span
      aria-hidden="true"
      className={cx(
        'relative inline-flex shrink-0 items-center justify-center overflow-hidden font-semibold tracking-wide select-none',
        SIZES[size],
        person === null ? 'face-5' : `face-${faceOf(person.id)}`,
        className,
      )}
    >
      {person === null ? <CreditCard className="size-[45%]" strokeWidth={1.75} /> : initialsOf(person.name)}
      {photo !== null && (
        <img src={photo} alt="" draggable={false} className="absolute inset-0 size-full object-cover" />
      )}
    </span>
  )
}
