// The top bar: the one search box, three lamps, who is at the desk.
import { EyeOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Avatar } from '../../components/avatar.tsx'
import { buttonClass, IconButton } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { frameWords } from '../../messages/frame-en.ts'
import { toggleBlank } from '../../state/blank.ts'
import { NOTHING_TYPED, useNewPerson } from '../../state/detail-form.ts'
import { useKeys } from '../../state/keys.ts'
import { openMember } from '../../state/panel.ts'
import { linkTo } from '../../state/route.ts'
import { createSearch } from '../../state/search.ts'
import { useDesk } from '../../state/voice.ts'
import { LampRow } from './lamp-row.tsx'

const search = createSearch()

/** What was looked for in vain is where the form begins. */
function signUp(text: string): void {
  useNewPerson.setState({ ...NOTHING_TYPED, [text.includes('@') ? 'email' : 'name']: text })
  search.clear()
}

export function TopBar() {
  const input = useRef<HTMLInputElement>(null)
  const focus = (event: KeyboardEvent) => {
    event.preventDefault()
    input.current?.focus()
    input.current?.select()
  }
  useKeys({ '/': focus })
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      if (document.querySelector('[role=dialog]') !== null) return
      input.current?.focus()
      input.current?.select()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])

  return (
    <header className="col-start-2 flex items-center gap-3 border-b border-line bg-surface px-4 wide:gap-5 wide:px-6">
      <search className="min-w-44 max-w-110 flex-1">
        <PersonSearch
          search={search}
          inputRef={input}
          floating
          label={frameWords.searchLabel}
          hint={frameWords.searchHint}
          found={frameWords.searchFound}
          onTake={(member) => openMember(member.id)}
          keyHint={<KeyHint>/</KeyHint>}
          nobody={(text) => (
            <>
              <p className="font-medium text-ink">{frameWords.searchNobody(text)}</p>
              <p className="text-13 text-ink-3">{frameWords.searchTry}</p>
              {/\p{L}/u.test(text) && (
                <a
                  href={linkTo('sign-up')}
                  // With the field's focus the list would be gone before the click.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => signUp(text)}
                  className={cx(buttonClass('primary', 'small'), 'mt-3')}
                >
                  {frameWords.searchSignUp(text)}
                </a>
              )}
            </>
          )}
        />
      </search>
      <div className="ml-auto flex items-center gap-1">
        <LampRow />
        <IconButton label={frameWords.blank} onClick={toggleBlank} className="ml-1">
          <EyeOff className="size-4.5" />
        </IconButton>
        <Operator />
      </div>
    </header>
  )
}

function Operator() {
  const name = useDesk()?.operator.name
  if (name === undefined) return null
  const shown = name === 'owner' ? frameWords.ownerWord : name
  return (
    <p className="flex items-center gap-2 pl-1" title={frameWords.operator(shown)}>
      <Avatar person={{ id: name, name: shown }} size="small" />
      <span className="sr-only text-14 font-medium broad:not-sr-only">{shown}</span>
    </p>
  )
}
