// The member panel as a page of its own, by link.
import { ArrowLeft } from 'lucide-react'
import { memberWords } from '../../messages/members-en.ts'
import { linkTo } from '../../state/route.ts'
import { MemberView } from './member-view.tsx'

export function MemberPage({ id }: { id: string }) {
  return (
    <div className="mx-auto w-full max-w-[760px] p-4 wide:p-6">
      <a
        href={linkTo('members')}
        className="mb-3 -ml-2 inline-flex h-8 items-center gap-2 rounded-md px-2 text-14 font-medium text-ink-2 hover:bg-hover hover:text-ink"
      >
        <ArrowLeft className="size-4" />
        {memberWords.back}
      </a>
      <div className="card">
        <MemberView id={id} swipe={null} headingLevel="h1" />
      </div>
    </div>
  )
}
