// The card that is looked at in a dialog over the page.
import { create } from 'zustand'

export const useOpenCard = create<{ card: string | null }>(() => ({ card: null }))

export function openCard(canonical: string): void {
  useOpenCard.setState({ card: canonical })
}

export function closeCard(): void {
  useOpenCard.setState({ card: null })
}
