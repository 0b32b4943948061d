// What each dialog of an action gets: the rows that it is about, and whom it tells what came of it.
import type { ReactNode } from 'react'
import type { LateRow } from '../../../../preload/shapes-report.ts'
import type { LateOutcome } from '../../../state/late-outcome.ts'

export type ActionProps = {
  rows: readonly LateRow[]
  onActed: (outcome: LateOutcome) => void
  onClose: () => void
}

export type ActionDialog = (props: ActionProps) => ReactNode
