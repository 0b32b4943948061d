// A card as commands print it, in one line.
import type { CardRow } from '../../preload/shapes.ts'

export function cardLine({ canonical, state, label, loaner, member, dueAt }: CardRow): string {
  const words = [canonical, state, label, loaner && 'loaner', member?.name, dueAt !== null && `due ${dueAt}`]
  return words.filter((word) => word !== null && word !== undefined && word !== false).join('  ')
}
