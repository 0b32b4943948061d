// Worklists: people to do something about before a door or a bank does. One list at a time; a link names it.
import { RefusalLine } from '../../components/notice.tsx'
import { PillLinks } from '../../components/pill-links.tsx'
import { sayExactly } from '../../format/moments.ts'
import { sayCount } from '../../format/money.ts'
import { worklistWords as words } from '../../messages/worklists-en.ts'
import { linkTo, useRoute } from '../../state/route.ts'
import { useDesk, useVoice } from '../../state/voice.ts'
import { WorkList } from './worklists-list.tsx'
import { LISTS, useWorklists } from './worklists-rows.tsx'

export function WorklistsPart() {
  const asked = useRoute((route) => route.params.get('list'))
  const list = LISTS.find((name) => name === asked) ?? LISTS[0]
  const lists = useWorklists()
  const voice = useVoice()
  const { locale } = voice
  const space = useDesk()?.spaceName
  const { refusal, shown } = lists[list]
  return (
    <article className="print-sheet flex flex-col gap-5">
      <h2 className="hidden text-20 font-semibold print:block">
        {space}: {words.lists[list]}
      </h2>
      {shown !== null && (
        <p className="-mt-4 hidden text-14 print:block">
          {words.asOf} {sayExactly(Date.parse(shown.asOf), voice)}
        </p>
      )}
      <PillLinks
        label={words.pick}
        links={LISTS.map((name) => {
          const total = lists[name].shown?.total
          return {
            key: name,
            words: total === undefined ? words.lists[name] : `${words.lists[name]} ${sayCount(total, locale)}`,
            href: linkTo('money', 'worklists', { list: name }),
            here: name === list,
          }
        })}
      />
      <RefusalLine refusal={refusal} />
      <WorkList
        key={list}
        list={list}
        shown={shown}
        waiting={refusal === null}
        onMore={lists.more}
        onWhole={lists.whole}
      />
    </article>
  )
}
