// Which route a path belongs to, by Stripe's way of writing them: `POST /v1/invoices/:id/pay`.

/** The route `METHOD /v1/path/:id` of a path, with its variable parts; a literal part goes before a variable one. */
export function routeOf(
  routes: readonly string[],
  method: string,
  path: string,
): { route: string; ids: string[] } | null {
  const parts = path.split('/')
  const fitting = routes.filter((route) => {
    const [verb, pattern = ''] = route.split(' ')
    const wanted = pattern.split('/')
    return (
      verb === method &&
      wanted.length === parts.length &&
      wanted.every((word, n) => word === parts[n] || (word === ':id' && parts[n] !== ''))
    )
  })
  const [route] = fitting.toSorted((a, b) => a.split(':').length - b.split(':').length)
  if (route === undefined) return null
  const wanted = (route.split(' ')[1] ?? '').split('/')
  return { route, ids: parts.filter((_, n) => wanted[n] === ':id').map(decoded) }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
