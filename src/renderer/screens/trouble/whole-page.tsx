// What fills the page while there is no desk behind it.
import { KeyRound, LoaderCircle, RefreshCw } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Button } from '../../components/button.tsx'
import { Later } from '../../components/later.tsx'
import { Mark } from '../../components/mark.tsx'
import { frameWords } from '../../messages/frame-en.ts'
import { linkWords } from '../../messages/link-en.ts'

type Props = { icon: ReactNode; title: string; text: string; children?: ReactNode }

function WholePage({ icon, title, text, children }: Props) {
  useEffect(() => {
    document.title = frameWords.title(title)
  }, [title])
  return (
    <main className="flex h-full items-center justify-center p-6">
      <div className="w-full max-w-[440px]">
        <p className="mb-6 flex items-center gap-3 text-16 font-semibold">
          <Mark className="size-8" />
          {frameWords.product}
        </p>
        <div className="card p-8">
          <div className="mb-4 text-accent-ink">{icon}</div>
          <h1 className="text-28 font-semibold">{title}</h1>
          <p className="mt-2 text-16 text-ink-2">{text}</p>
          {children}
        </div>
      </div>
    </main>
  )
}

export function Connecting() {
  return (
    <Later>
      <WholePage
        icon={<LoaderCircle className="size-8 motion-safe:animate-spin" strokeWidth={1.75} />}
        title={linkWords.connectingTitle}
        text={linkWords.connectingText}
      />
    </Later>
  )
}

export function SignedOut() {
  return (
    <WholePage
      icon={<KeyRound className="size-8" strokeWidth={1.75} />}
      title={linkWords.signedOutTitle}
      text={linkWords.signedOutText}
    >
      <p className="mt-4 rounded-md border border-line bg-sunken px-4 py-3 font-mono text-14">
        {linkWords.signedOutCommand}
      </p>
      <Button rank="primary" className="mt-6 w-full" onClick={() => window.location.reload()}>
        {linkWords.signedOutButton}
      </Button>
    </WholePage>
  )
}

export function Outdated() {
  return (
    <WholePage
      icon={<RefreshCw className="size-8" strokeWidth={1.75} />}
      title={linkWords.outdatedTitle}
      text={linkWords.outdatedText}
    >
      <Button rank="primary" className="mt-6 w-full" onClick={() => window.location.reload()}>
        {linkWords.outdatedButton}
      </Button>
    </WholePage>
  )
}
