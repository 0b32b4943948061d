// A chart with its key, what is pointed at in words, and the table behind it.
import { Table2 } from 'lucide-react'
import { useId, useState } from 'react'
import { chartWords as words } from '../messages/charts-en.ts'
import { BarChart } from './bar-chart.tsx'
import { Button } from './button.tsx'
import type { ChartData } from './chart-data.ts'
import { Legend } from './chart-looks.tsx'
import { ChartTable } from './chart-table.tsx'

type Props = {
  data: ChartData
  /** Above the names in the table. */
  first: string
  lying?: boolean
}

export function Chart({ data, first, lying = false }: Props) {
  const id = useId()
  const [table, setTable] = useState(false)
  const [look, setLook] = useState<string | null>(null)
  return (
    <figure className="flex flex-col gap-3">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Legend id={id} series={data.series} />
        <p aria-hidden="true" className="figures min-w-0 flex-1 truncate text-right text-13 text-ink-2 print:hidden">
          {look}
        </p>
        <Button
          size="small"
          rank="quiet"
          aria-pressed={table}
          onClick={() => setTable(!table)}
          className="print:hidden aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
        >
          <Table2 className="size-4" />
          {words.table}
        </Button>
      </div>
      <BarChart data={data} id={id} lying={lying} onLook={setLook} />
      <ChartTable data={data} heads={{ first, total: words.total }} shown={table} />
    </figure>
  )
}
