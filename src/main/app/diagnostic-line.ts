// One line of the Diagnostics page.
import type { DiagnosticLine } from '../../preload/shapes-inbox.ts'

export type Line = Omit<DiagnosticLine, 'group'>

export function line(id: string, label: string, state: Line['state'], says: string, todo: string | null = null): Line {
  return { id, label, state, says, todo }
}
