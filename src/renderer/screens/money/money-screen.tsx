// Money: what is late and what to do about it, in parts; a link can name the part.
import type { ComponentType } from 'react'
import { Page } from '../../components/page.tsx'
import { PillLinks } from '../../components/pill-links.tsx'
import { moneyScreenWords as words } from '../../messages/money-screen-en.ts'
import { linkTo, useRoute } from '../../state/route.ts'
import { ByMailPart } from './by-mail-part.tsx'
import { LatePart } from './late-part.tsx'
import { NumbersPart } from './numbers-part.tsx'
import { WhatIfPart } from './what-if-part.tsx'
import { WorklistsPart } from './worklists-part.tsx'

/** The first is shown where a link names none. */
const PARTS: readonly [id: keyof typeof words.parts, Part: ComponentType][] = [
  ['late', LatePart],
  ['worklists', WorklistsPart],
  ['what-if', WhatIfPart],
  ['numbers', NumbersPart],
  ['by-mail', ByMailPart],
]

export function MoneyScreen() {
  const id = useRoute((route) => route.id)
  const [part, Part] = PARTS.find(([name]) => name === id) ?? PARTS[0] ?? ['late', LatePart]
  return (
    <Page
      title={words.title}
      aside={
        PARTS.length > 1 && (
          <PillLinks
            label={words.partsLabel}
            links={PARTS.map(([name]) => ({
              key: name,
              words: words.parts[name],
              href: linkTo('money', name),
              here: name === part,
            }))}
          />
        )
      }
    >
      <Part />
    </Page>
  )
}
