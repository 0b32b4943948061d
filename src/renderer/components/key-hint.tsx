// The key that does the same, small, for whoever looks for it.
export function KeyHint({ children }: { children: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-current/25 px-1 font-sans text-13 leading-none opacity-80"
    >
      {children}
    </span>
  )
}
