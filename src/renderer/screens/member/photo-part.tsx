// The face at the top of a person's panel: their photo, and the ways to set it, by menu or by dropping a file on it.
import { Camera } from 'lucide-react'
import { DropdownMenu as Menu } from 'radix-ui'
import { type ReactNode, useRef, useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Avatar } from '../../components/avatar.tsx'
import { cx } from '../../components/cx.ts'
import { Notice } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { commonWords } from '../../messages/frame-en.ts'
import { photoWords as words } from '../../messages/photos-en.ts'
import { useDeed } from '../../state/deed.ts'
import { photoFromFile } from '../../state/make-photo.ts'
import { loadPhotos, useHasPhoto } from '../../state/photos.ts'
import { TakePhoto } from './take-photo.tsx'

/** `compare`: somebody is to be compared with it. `children` stand beside it. */
type Person = Pick<MemberPanel, 'id' | 'name' | 'archivedAt'>
type Props = { member: Person; compare: boolean; children?: ReactNode }

export function PhotoPart({ member, compare, children }: Props) {
  const { id, name } = member
  const file = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState<'camera' | 'removing' | null>(null)
  const [over, setOver] = useState(false)
  const [unread, setUnread] = useState(false)
  const deed = useDeed()

  async function set(jpeg: string | null): Promise<void> {
    setOpen(null)
    setUnread(jpeg === null)
    deed.clear()
    if (jpeg !== null) settle((await deed.run('members.setPhoto', { id, jpeg }, 'members.timeline')).ok)
  }
  async function take(files: FileList | null): Promise<void> {
    const chosen = files?.[0]
    if (chosen !== undefined) await set(await photoFromFile(chosen))
  }
  async function remove(): Promise<void> {
    settle((await deed.run('members.removePhoto', { id }, 'members.timeline')).ok)
    setOpen(null)
  }
  function settle(changed: boolean): void {
    if (changed) void loadPhotos()
  }

  const sentence = unread ? words.noPicture : deed.refusal?.sentence
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is the short way for a mouse; the menu has the same.
    <div
      className={cx('flex flex-col gap-3 rounded-md', over && 'outline-2 outline-offset-4 outline-accent')}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer.files)
      }}
    >
      <div className="flex items-center gap-4">
        <PhotoMenu
          member={member}
          busy={deed.busy}
          compare={compare}
          onTake={() => setOpen('camera')}
          onChoose={() => file.current?.click()}
          onRemove={() => setOpen('removing')}
        />
        <div className="min-w-0">{children}</div>
      </div>
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        aria-label={words.choose}
        onChange={({ target }) => {
          // The list empties with the field, which takes the same file a second time only so.
          void take(target.files).finally(() => {
            target.value = ''
          })
        }}
      />
      {open === 'removing' && (
        <Confirm
          ask={words.removeAsk}
          doIt={words.removeIt}
          keep={commonWords.keep}
          busy={deed.busy}
          onDo={() => void remove()}
          onKeep={() => setOpen(null)}
        />
      )}
      {open === 'camera' && <TakePhoto name={name} onTake={(jpeg) => void set(jpeg)} onClose={() => setOpen(null)} />}
      {sentence !== undefined && (
        <Notice tone="refused" role="alert">
          {sentence}
        </Notice>
      )}
    </div>
  )
}

type MenuProps = {
  member: Person
  busy: boolean
  compare: boolean
  onTake: () => void
  onChoose: () => void
  onRemove: () => void
}

function PhotoMenu({ member, busy, compare, onTake, onChoose, onRemove }: MenuProps) {
  const has = useHasPhoto(member.id)
  const here = member.archivedAt === null
  if (!here && !has) return <Avatar person={member} size="large" />
  const item = 'flex h-9 cursor-pointer items-center rounded-sm px-3 text-14 outline-none data-highlighted:bg-hover'
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <button
          type="button"
          disabled={busy}
          aria-label={words.of(member.name)}
          title={words.of(member.name)}
          className={cx('group relative shrink-0', compare ? 'rounded-md' : 'rounded-full')}
        >
          <Avatar person={member} size={compare ? 'portrait' : 'large'} />
          <span className="absolute -right-1 -bottom-1 flex size-6 items-center justify-center rounded-full border border-line bg-raised text-ink-2 group-hover:text-ink">
            <Camera className="size-3.5" />
          </span>
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="start"
          sideOffset={6}
          // The question that follows takes the keyboard itself.
          onCloseAutoFocus={(event) => document.querySelector('fieldset') !== null && event.preventDefault()}
          className="arrives z-50 min-w-44 rounded-md border border-line bg-raised p-1 shadow-float"
        >
          {here && (
            <>
              <Menu.Item onSelect={onTake} className={item}>
                {words.take}
              </Menu.Item>
              <Menu.Item onSelect={onChoose} className={item}>
                {words.choose}
              </Menu.Item>
            </>
          )}
          {has && (
            <Menu.Item onSelect={onRemove} className={item}>
              {words.remove}
            </Menu.Item>
          )}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
