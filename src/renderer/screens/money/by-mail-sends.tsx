// Reports that went, or did not, with what became of each mail.
import type { ReportMailState } from '../../../preload/shapes-report-mail.ts'
import { buttonClass } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { Section } from '../../components/page.tsx'
import { byMailWords as words } from '../../messages/by-mail-en.ts'
import { linkTo } from '../../state/route.ts'

export function ByMailSends({ sends }: { sends: ReportMailState['sends'] }) {
  const stuck = sends.some(({ mails }) => mails.some((mail) => mail.stuck))
  return (
    <Section
      title={words.sends}
      aside={
        stuck && (
          <a href={linkTo('settings', 'mail')} className={buttonClass('plain', 'small')}>
            {words.openMail}
          </a>
        )
      }
    >
      {sends.length === 0 ? (
        <p className="text-14 text-ink-3">{words.noSends}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {sends.map(({ id, at, weekly, mails }) => (
            <li key={id} data-send className="px-4 py-3">
              <p className="text-14 font-medium">
                <Moment at={at} />
                <span className="font-normal text-ink-3"> · {weekly ? words.weekly : words.byHand}</span>
              </p>
              <ul className="mt-1 flex flex-col gap-0.5">
                {mails.map(({ to, sentence, stuck: bad }) => (
                  <li key={to} className={cx('text-14 break-words', bad ? 'text-refused-ink' : 'text-ink-2')}>
                    {sentence}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
