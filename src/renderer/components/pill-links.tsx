// Links of which one is where we are: parts of a screen, a list's filters, currencies.
import { cx } from './cx.ts'

type Pill = { key: string; words: string; href: string; here: boolean; onClick?: () => void }

export function PillLinks({ label, links }: { label: string; links: readonly Pill[] }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-2 print:hidden">
      {links.map(({ key, words, href, here, onClick }) => (
        <a
          key={key}
          href={href}
          onClick={onClick}
          aria-current={here ? 'true' : undefined}
          className={cx(
            'inline-flex h-8 items-center rounded-full border px-3 text-14 font-medium',
            here
              ? 'border-accent-fill bg-accent-soft text-accent-ink'
              : 'border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink',
          )}
        >
          {words}
        </a>
      ))}
    </nav>
  )
}
