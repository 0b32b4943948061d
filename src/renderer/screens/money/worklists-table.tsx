// The rows of a worklist: j and k or the arrows move, Enter or a click opens the person, the button does what is next.
import { Avatar } from '../../components/avatar.tsx'
import { Contact } from '../../components/contact.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { worklistWords as words } from '../../messages/worklists-en.ts'
import { openMember, usePanel } from '../../state/panel.ts'
import { useRowKeys } from '../../state/row-keys.ts'
import { WorkNext } from './worklists-next.tsx'
import type { ListName, WorkRow } from './worklists-rows.tsx'

const HEAD = 'border-b border-line py-2 pr-3 text-left text-13 font-medium text-ink-3'
const CELL = 'border-b border-line py-2.5 pr-3 align-top text-14 group-last:border-b-0'
const MORE = 'block text-13 text-ink-3'

export function WorkTable({ list, rows }: { list: ListName; rows: readonly WorkRow[] }) {
  const { body, at, setAt } = useRowKeys(rows.length, list)
  const opened = usePanel((facts) => (facts.subject?.kind === 'member' ? facts.subject.id : null))
  const reached = rows.some(({ contact }) => contact !== null)
  return (
    <table className="w-full table-fixed border-separate border-spacing-0">
      <thead>
        <tr>
          <th scope="col" className={cx(HEAD, 'w-[26%] pl-5 wide:w-[20%] print:pl-0')}>
            {words.person}
          </th>
          <th scope="col" className={HEAD}>
            {words.why}
          </th>
          <th scope="col" className={cx(HEAD, 'w-26 wide:w-32')}>
            {words.when[list]}
          </th>
          <th scope="col" className={cx(HEAD, 'w-24 text-right wide:w-28', !reached && 'pr-5')}>
            {words.figure[list]}
          </th>
          {reached && (
            <>
              <th scope="col" className={cx(HEAD, 'hidden w-56 pl-3 wide:table-cell print:table-cell')}>
                {words.contact}
              </th>
              <th scope="col" className={cx(HEAD, 'w-42 pl-3 print:hidden')}>
                {words.next}
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr
            key={row.id}
            onClick={() => openMember(row.member.id)}
            className={cx(
              'group cursor-pointer break-inside-avoid hover:bg-hover',
              row.member.id === opened && 'bg-accent-soft hover:bg-accent-soft',
            )}
          >
            <td className={cx(CELL, 'pl-5 print:pl-1')}>
              <button
                type="button"
                data-open
                tabIndex={index === at ? 0 : -1}
                onFocus={() => setAt(index)}
                onClick={(event) => {
                  event.stopPropagation()
                  openMember(row.member.id)
                }}
                className="-ml-1 flex max-w-full items-start gap-3 rounded-md pr-2 pl-1 text-left"
              >
                <span className="print:hidden">
                  <Avatar person={row.member} size="small" />
                </span>
                <span className="min-w-0">
                  <span className="block font-medium [overflow-wrap:anywhere]">{row.member.name}</span>
                  {row.about !== '' && <span className={MORE}>{row.about}</span>}
                </span>
              </button>
            </td>
            <td className={CELL}>
              {row.mark !== null && (
                <span className="mr-2 rounded-full bg-note-soft px-2 py-0.5 text-13 font-medium text-note-ink">
                  {row.mark}
                </span>
              )}
              <span>{row.sentence}</span>
              {row.contact !== null && (
                <span className="mt-1 block wide:hidden print:hidden">
                  <Contact contact={row.contact} none={words.tellAtDesk} />
                </span>
              )}
            </td>
            <td className={cx(CELL, 'text-ink-2')}>
              <Moment at={row.at} as={row.as} />
            </td>
            <td className={cx(CELL, 'figures text-right font-medium', !reached && 'pr-5')}>
              {row.figure ?? <span className="text-13 font-normal text-ink-3">{words.notNamed}</span>}
            </td>
            {reached && (
              <>
                <td className={cx(CELL, 'hidden pl-3 wide:table-cell print:table-cell')}>
                  {row.contact !== null && <Contact contact={row.contact} none={words.tellAtDesk} />}
                </td>
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button inside has the keys; a click beside it must not open. */}
                <td className={cx(CELL, 'pr-5 pl-3 print:hidden')} onClick={(event) => event.stopPropagation()}>
                  {row.next !== null && (
                    <WorkNext member={row.member} next={row.next} inTurn={index === at} onFocus={() => setAt(index)} />
                  )}
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
