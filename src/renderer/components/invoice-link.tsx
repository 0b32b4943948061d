// A button that opens an invoice on Stripe's own page, where it can be paid.
import { ExternalLink } from 'lucide-react'
import { buttonClass } from './button.tsx'

type Props = { url: string; word: string; label?: string; rank: 'primary' | 'plain' }

export function InvoiceLink({ url, word, label = word, rank }: Props) {
  return (
    <a href={url} target="_blank" rel="noreferrer" aria-label={label} className={buttonClass(rank, 'small')}>
      {word}
      <ExternalLink className="size-3.5" />
    </a>
  )
}
