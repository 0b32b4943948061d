// Whom a payment is being taken from. The dialog outlives the sentence that it was opened from: once it is paid, that is gone.
import { create } from 'zustand'

type Person = { id: string; name: string }

export const useTaking = create<{ from: Person | null }>(() => ({ from: null }))

export function takePayment(from: Person): void {
  useTaking.setState({ from: { id: from.id, name: from.name } })
}

export function doneTaking(): void {
  useTaking.setState({ from: null })
}
