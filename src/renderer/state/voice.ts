// Language and time zone of the space, for every date and amount on the page.
import type { Voice } from '../format/moments.ts'
import { useReading } from './readings.ts'

const own = Intl.DateTimeFormat().resolvedOptions()
const fallback: Voice = { zone: own.timeZone, locale: own.locale }

export function useDesk() {
  return useReading('desk.get', {}).value
}

/** In which money is asked for, as a field shows it: what is told of this very thing, else what most people here pay in. */
export function useCurrency(own?: string): string {
  const desk = useDesk()
  return (own ?? desk?.currency ?? 'eur').toUpperCase()
}

export function useVoice(): Voice {
  const desk = useDesk()
  return desk === null ? fallback : { zone: desk.timeZone, locale: desk.locale }
}
