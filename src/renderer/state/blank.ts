// Whether everything personal is off the screen just now.
import { create } from 'zustand'

export const useBlank = create<{ blank: boolean }>(() => ({ blank: false }))

export function toggleBlank(): void {
  useBlank.setState(({ blank }) => ({ blank: !blank }))
}
