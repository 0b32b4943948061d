// How a request to Stripe is written: its query, and another host.

export type Params = Record<string, string | number | boolean | readonly string[] | Record<string, number>>

/** As Stripe reads it: `created[gte]=1`, `expand[]=a&expand[]=b`. */
export function queryOf(params: Params): string {
  const pairs = Object.entries(params).flatMap(([name, value]): [string, string][] => {
    if (typeof value !== 'object') return [[name, String(value)]]
    if (Array.isArray(value)) return value.map((one) => [`${name}[]`, one])
    return Object.entries(value).map(([inner, one]) => [`${name}[${inner}]`, String(one)])
  })
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

/** Another Stripe-compatible host, as the SDK wants it. */
export function hostOf(base: string): { host: string; port: string; protocol: 'http' | 'https' } {
  const url = new URL(base)
  const protocol = url.protocol === 'http:' ? 'http' : 'https'
  return { host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443'), protocol }
}
