// What the plan gives besides doors and visits: how much is left, one off, one back.
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { AllowanceRow } from '../../../preload/shapes-plans.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { allowanceWords as words } from '../../messages/plans-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { Part } from './part.tsx'

export function AllowancesPart({ member }: { member: MemberPanel }) {
  const rows = useReading('allowances.list', { member: member.id }).value ?? []
  const plans = new Set(rows.map(({ membership, plan }) => `${membership} ${plan}`))
  if (rows.length === 0) return null
  return (
    <Part title={words.title}>
      <ul className="divide-y divide-line rounded-md border border-line">
        {rows.map((row) => (
          <Line key={`${row.membership} ${row.allowance}`} row={row} member={member.id} named={plans.size > 1} />
        ))}
      </ul>
    </Part>
  )
}

/** `named`: several plans give something. */
function Line({ row, member, named }: { row: AllowanceRow; member: string; named: boolean }) {
  const deed = useDeed()
  const { membership, allowance, name, of, left, says, plan, holds } = row
  const args = { member, membership, allowance }
  return (
    <li className="flex flex-col gap-2 px-3 py-2">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <p className="min-w-0 flex-[1_1_180px]">
          <span className="block text-14 font-medium">{says}</span>
          {named && <span className="block text-13 text-ink-3">{plan}</span>}
        </p>
        <div className="flex gap-1">
          <Button
            size="small"
            rank="quiet"
            disabled={deed.busy || left === of}
            aria-label={words.giveBackOf(name)}
            onClick={() => void deed.run('allowances.giveBack', args, 'allowances.list', 'members.timeline')}
          >
            {words.giveBack}
          </Button>
          <Button
            size="small"
            disabled={deed.busy || left === 0 || !holds}
            aria-label={words.useOf(name)}
            onClick={() => void deed.run('allowances.use', args, 'allowances.list', 'members.timeline')}
          >
            {words.use}
          </Button>
        </div>
      </div>
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}
