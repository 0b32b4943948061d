// Whom or what the panel at the right shows. It stays open while the page below changes.
import { create } from 'zustand'
import type { FeedRow } from '../../preload/shapes-doors.ts'

export type PanelSubject =
  | { kind: 'member'; id: string /** The swipe that it was opened from. */; swipe: FeedRow | null }
  | { kind: 'swipe'; swipe: FeedRow }

type PanelFacts = { subject: PanelSubject | null; openedFrom: Element | null }

export const usePanel = create<PanelFacts>(() => ({ subject: null, openedFrom: null }))

export function openMember(id: string, swipe: FeedRow | null = null): void {
  open({ kind: 'member', id, swipe })
}

export function openSwipe(swipe: FeedRow): void {
  open(swipe.member === null ? { kind: 'swipe', swipe } : { kind: 'member', id: swipe.member.id, swipe })
}

function open(subject: PanelSubject): void {
  usePanel.setState(({ openedFrom, subject: before }) => ({
    subject,
    openedFrom: before === null ? document.activeElement : openedFrom,
  }))
}

export function closePanel(): void {
  const { openedFrom } = usePanel.getState()
  usePanel.setState({ subject: null, openedFrom: null })
  if (openedFrom instanceof HTMLElement && openedFrom.isConnected) openedFrom.focus()
}
