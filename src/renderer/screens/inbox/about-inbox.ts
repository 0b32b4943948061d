// What a row that was settled changes on screen, and what a merge tells of itself.
import type { CallName } from '../../../preload/contract.ts'

export const ABOUT_INBOX: CallName[] = ['inbox.list', 'members.get', 'members.list', 'desk.status', 'desk.todo']

/** `merge` is what undoes it. */
export type Merged = { merge: string; name: string }
