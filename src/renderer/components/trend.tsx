// Twelve months at a glance, beside a figure that says it in words.
export function Trend({ values }: { values: readonly number[] }) {
  const most = Math.max(1, ...values)
  const step = 100 / values.length
  return (
    <svg aria-hidden="true" viewBox="0 0 100 20" preserveAspectRatio="none" className="mt-auto h-6 w-full pt-1.5">
      {values.map((value, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in the year is what it is.
          key={index}
          x={index * step}
          y={19 - (value / most) * 19}
          width={step * 0.7}
          height={1 + (value / most) * 19}
          className="fill-line-strong"
        />
      ))}
    </svg>
  )
}
