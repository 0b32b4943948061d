// Latchkey's sign.
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent-fill" />
      <g className="stroke-on-accent" fill="none" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="12" cy="20" r="4.6" />
        <path d="m15.4 16.6 8.2-8.2M20.4 11.6l3.2 3.2" />
      </g>
    </svg>
  )
}
