// Where the page is, read from the address after the #. Links are plain anchors.
import { create } from 'zustand'

export const SCREENS = [
  'desk',
  'members',
  'sign-up',
  'inbox',
  'cards',
  'doors',
  'money',
  'cash',
  'diagnostics',
  'settings',
] as const
export type Screen = (typeof SCREENS)[number]
export type Route = { screen: Screen; id: string | null; params: URLSearchParams }

function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [first = '', id] = path.split('/')
  const screen = SCREENS.find((name) => name === first) ?? 'desk'
  return { screen, id: id ? decodeURIComponent(id) : null, params: new URLSearchParams(query) }
}

export const useRoute = create<Route>(() => parse(window.location.hash))

window.addEventListener('hashchange', () => useRoute.setState(parse(window.location.hash), true))

export function linkTo(screen: Screen, id?: string, params?: Record<string, string>): string {
  const query = params === undefined ? '' : `?${new URLSearchParams(params)}`
  return `#/${screen}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${query}`
}
