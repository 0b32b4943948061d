// What a file of cards will do, line by line; what it did; what was taken back.
import { CircleAlert, CircleCheck } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { ImportLine, ImportPreview, ImportReceipt, ImportUndone } from '../../../preload/shapes-cards.ts'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { cx } from '../../components/cx.ts'
import { CheckLine } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { sayCount } from '../../format/money.ts'
import { importWords as words } from '../../messages/cards-en.ts'
import { readerWords } from '../../messages/readers-en.ts'
import { useVoice } from '../../state/voice.ts'

/** A line more would be read by nobody; those that will not fit are what one looks for. */
const SHOWN = 200

export function Preview({ preview, busy, onTake }: { preview: ImportPreview; busy: boolean; onTake: () => void }) {
  const { locale } = useVoice()
  const [onlyAmiss, setOnlyAmiss] = useState(false)
  const amiss = preview.lines.filter(({ fits }) => !fits)
  const fitting = sayCount(preview.lines.length - amiss.length, locale)
  return (
    <div data-preview className="flex flex-col gap-3">
      <p role="status" className="flex flex-wrap gap-2">
        <Chip tone="granted" icon={CircleCheck}>
          {words.fits(fitting)}
        </Chip>
        {amiss.length > 0 && (
          <Chip tone="grace" icon={CircleAlert}>
            {words.doesNot(sayCount(amiss.length, locale))}
          </Chip>
        )}
      </p>
      {preview.unused.length > 0 && (
        <p className="text-13 break-words text-ink-3">{words.unused(preview.unused.join(', '))}</p>
      )}
      {amiss.length > 0 && amiss.length < preview.lines.length && (
        <div className="-mx-2">
          <CheckLine
            type="checkbox"
            checked={onlyAmiss}
            onChange={({ target }) => setOnlyAmiss(target.checked)}
            label={words.onlyAmiss}
          />
        </div>
      )}
      <Lines lines={onlyAmiss ? amiss : preview.lines} />
      {amiss.length === preview.lines.length ? (
        <p className="text-14 text-ink-2">{words.nothing}</p>
      ) : (
        <Button rank="primary" disabled={busy} onClick={onTake} className="self-start">
          {words.doIt(fitting)}
        </Button>
      )}
    </div>
  )
}

function Lines({ lines }: { lines: readonly ImportLine[] }) {
  return (
    <section
      aria-label={words.what}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by the keyboard.
      tabIndex={0}
      className="max-h-72 short:max-h-44 overflow-y-auto rounded-md border border-line"
    >
      <table className="w-full text-14">
        <thead className="sticky top-0 bg-raised text-left text-13 text-ink-3">
          <tr>
            <th scope="col" className="w-14 py-2 pl-3 font-medium">
              {words.line}
            </th>
            <th scope="col" className="w-44 py-2 font-medium">
              {words.card}
            </th>
            <th scope="col" className="py-2 pr-3 font-medium">
              {words.what}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, SHOWN).map(({ line, card, fits, sentence, forms }) => (
            <tr key={line} data-line={line} data-fits={fits} className="border-t border-line align-top">
              <td className="figures py-2 pl-3 text-ink-3">{line}</td>
              <td className="figures py-2 pr-2 break-all">{card}</td>
              <td className={cx('py-2 pr-3', !fits && 'text-grace-ink')}>
                {forms.length === 0 ? sentence : <SayForm forms={forms} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function SayForm({ forms }: { forms: readonly string[] }) {
  return (
    <>
      {words.sayForm}
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-13 text-ink-2">
        {forms.map((form) => (
          <Fragment key={form}>
            <dt className="font-mono">{form}</dt>
            <dd>{readerWords.forms[form]}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}

export function Receipt({ receipt: { given, stocked, refused } }: { receipt: ImportReceipt }) {
  const { locale } = useVoice()
  return (
    <div data-receipt className="flex flex-col gap-3">
      <p role="status" className="flex items-center gap-3 text-16 font-medium">
        <CircleCheck className="size-6 shrink-0 text-granted" />
        {words.done(sayCount(given, locale), sayCount(stocked, locale))}
      </p>
      {refused.length > 0 && (
        <>
          <p className="text-14 text-ink-2">{words.refused(sayCount(refused.length, locale))}</p>
          <Lines lines={refused} />
        </>
      )}
    </div>
  )
}

export function Undone({ undone: { undone, kept } }: { undone: ImportUndone }) {
  const { locale } = useVoice()
  return (
    <div data-undone className="flex flex-col gap-3">
      <p role="status" className="text-16 font-medium">
        {words.undone(sayCount(undone, locale))}
      </p>
      {kept.length > 0 && (
        <Notice tone="note">
          {words.kept}
          <ul className="mt-1">
            {kept.slice(0, SHOWN).map(({ canonical, label, short, member }) => (
              <li key={canonical}>
                {label ?? short}
                {member !== null && `, ${member.name}`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}
