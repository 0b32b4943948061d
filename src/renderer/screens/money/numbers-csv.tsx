// One table of the numbers as a file.
import { Download } from 'lucide-react'
import type { Args } from '../../../preload/contract.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { numbersWords as words } from '../../messages/numbers-en.ts'
import { useDeed } from '../../state/deed.ts'
import { saveFile } from '../../state/save-file.ts'

type Props = { what: Args<'numbers.csv'>['what']; title: string; which?: Args<'numbers.membership'> }

export function CsvButton({ what, title, which = {} }: Props) {
  const deed = useDeed()
  async function download(): Promise<void> {
    const outcome = await deed.run('numbers.csv', { what, ...which })
    if (outcome.ok) saveFile(outcome.value.name, outcome.value.csv)
  }
  return (
    <div className="flex shrink-0 items-center gap-3 print:hidden">
      <RefusalLine refusal={deed.refusal} />
      <Button size="small" aria-label={words.csvOf(title)} disabled={deed.busy} onClick={() => void download()}>
        <Download className="size-4" />
        {words.csv}
      </Button>
    </div>
  )
}
