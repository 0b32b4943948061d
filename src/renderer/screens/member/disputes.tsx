// Payments that a bank questions or took back; whoever is no manager is told nothing of them.
import { Notice } from '../../components/notice.tsx'
import { useReading } from '../../state/readings.ts'

export function Disputes({ id }: { id: string }) {
  const { value: rows } = useReading('members.disputes', { id })
  return rows?.map((row) => (
    <Notice key={row.id} tone="grace">
      {row.sentence}
    </Notice>
  ))
}
