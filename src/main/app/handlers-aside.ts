// The calls that read much, which the report thread answers where a desk runs. Nothing else is loaded there.
import type { CallName, calls } from '../../preload/contract.ts'
import type { Handlers } from './handler-type.ts'
import { fileHandlers } from './handlers-files.ts'
import { numberHandlers } from './handlers-numbers.ts'
import { reportHandlers } from './handlers-report.ts'
import { whatIfHandlers } from './handlers-what-if.ts'
import { worklistHandlers } from './handlers-worklists.ts'

type AsideName = { [N in CallName]: (typeof calls)[N] extends { aside: true } ? N : never }[CallName]

export const asideHandlers: Pick<Handlers, AsideName> = {
  ...reportHandlers,
  ...fileHandlers,
  ...numberHandlers,
  ...whatIfHandlers,
  ...worklistHandlers,
}
