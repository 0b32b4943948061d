// The waiver, who signs it, and the signature: drawn, or the name typed.
import type { MemberWaiver, Strokes } from '../../preload/shapes-details.ts'
import { waiverWords as words } from '../messages/details-en.ts'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import { SignaturePad } from './signature-pad.tsx'

/** `drawn` null: the name counts, for it was typed. */
export type SignedBy = { name: string; drawn: Strokes | null }
export const UNSIGNED: Strokes = []

type Props = {
  present: NonNullable<MemberWaiver['present']>
  signer: MemberWaiver['signer']
  signed: SignedBy
  onSign: (signed: SignedBy) => void
}

export function WaiverFields({ present: { version, text, url }, signer, signed, onSign }: Props) {
  const { name, drawn } = signed
  return (
    <fieldset className="flex flex-col gap-4 rounded-md border border-line p-4">
      <legend className="px-1 text-14 font-medium">{words.version(version)}</legend>
      {text !== null && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
          tabIndex={0}
          aria-label={words.version(version)}
          className="max-h-40 overflow-y-auto rounded-md bg-sunken p-3 text-14 whitespace-pre-wrap"
        >
          {text}
        </section>
      )}
      {url !== null && (
        <a className="self-start text-14 underline" href={url} target="_blank" rel="noreferrer">
          {words.read}
        </a>
      )}
      <TextField
        label={words.signedBy}
        help={signer.as === 'guardian' ? words.asGuardian : undefined}
        value={name}
        onChange={({ target }) => onSign({ ...signed, name: target.value })}
      />
      {drawn === null ? (
        <p className="text-14 text-ink-2">{words.typedCounts}</p>
      ) : (
        <SignaturePad strokes={drawn} onDraw={(strokes) => onSign({ ...signed, drawn: strokes })} />
      )}
      <div className="-mt-2 -ml-3 flex flex-wrap gap-2">
        <Button
          size="small"
          rank="quiet"
          onClick={() => onSign({ ...signed, drawn: drawn === null ? UNSIGNED : null })}
        >
          {drawn === null ? words.drawInstead : words.typeInstead}
        </Button>
        {drawn !== null && drawn.length > 0 && (
          <Button size="small" rank="quiet" onClick={() => onSign({ ...signed, drawn: UNSIGNED })}>
            {words.again}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
