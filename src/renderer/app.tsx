// Which of the whole-page states holds: connecting, signed out, outdated, or the program itself.
import { useEffect, useState } from 'react'
import { Shell } from './screens/frame/shell.tsx'
import { Connecting, Outdated, SignedOut } from './screens/trouble/whole-page.tsx'
import { useLink } from './state/link.ts'

export function App() {
  const state = useLink((facts) => facts.state)
  // Once the desk was there, a lost link leaves what was read on the screen.
  const [wasOpen, setWasOpen] = useState(false)
  useEffect(() => {
    if (state === 'open') setWasOpen(true)
  }, [state])

  if (state === 'signed-out') return <SignedOut />
  if (state === 'outdated') return <Outdated />
  return state === 'open' || wasOpen ? <Shell /> : <Connecting />
}
