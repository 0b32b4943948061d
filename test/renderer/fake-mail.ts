// Mail at the fake desk: a server that takes what it is given, or not, and mail that did not go.
import { mailRefusals, outboxWords, stuckSentence } from '../../src/main/domain/mail-en.ts'
import type { MailAction, MailState, OutboxItem } from '../../src/preload/shapes-mail.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'
import type { Upkeep } from './fake-upkeep.ts'

/** What waits besides mail. */
type Waiting = { unpaid: number; handOver: number; cash: number }

export type FakePost = { state: MailState; items: OutboxItem[]; working: boolean }

/** Not set up; `items` shows once it is. */
export function createPost({ members, iso }: World): FakePost {
  const item = (
    n: number,
    state: OutboxItem['state'],
    action: MailAction | null,
    sentence: (name: string) => string,
    more: Partial<OutboxItem> = {},
  ): OutboxItem => {
    const { id, name } = members[n] ?? { id: '', name: '' }
    const to = members[n]?.emails[0] ?? null
    return {
      id: `mail-${n}`,
      kind: 'welcome',
      state,
      action,
      since: iso(-n / 20),
      member: { id, name },
      to,
      sentence: sentence(name),
      detail: null,
      ...more,
    }
  }
  return {
    state: { settings: null, hasPassword: false, demo: false },
    working: true,
    items: [
      item(2, 'unclear', 'ask-whether-arrived', (name) => stuckSentence('unclear', 'receipt', name, 'cut-off')),
      item(3, 'refused', 'send-mail-again', (name) => stuckSentence('refused', 'welcome', name, 'address'), {
        detail: '550 5.1.1 <somebody@example.org>: no such person here',
      }),
      item(5, 'no-address', 'told-at-desk', (name) => stuckSentence('no-address', 'welcome', name, null), { to: null }),
      item(7, 'waiting', null, (name) => outboxWords.again('receipt', name, 'unreachable', 'today 14:05')),
    ],
  }
}

export function mailHandlers(post: FakePost, knobs: { demo: boolean; waiting: Waiting }, upkeep: Upkeep): Handlers {
  const settle = (id: string) => {
    post.items = post.items.filter((item) => item.id !== id)
    upkeep.inbox = upkeep.inbox.filter(({ subject }) => subject !== id)
    return { ok: true } as const
  }
  const state = () => ({ ...post.state, demo: knobs.demo })
  return {
    'mail.get': () => state(),
    'mail.set': ({ password, ...settings }) => {
      if (!settings.senderAddress.includes('@')) return no('bad-request', mailRefusals.sender(settings.senderAddress))
      post.state = { settings, hasPassword: password !== undefined || post.state.hasPassword, demo: false }
      return state()
    },
    'mail.off': () => {
      post.state = { settings: null, hasPassword: false, demo: false }
      post.items = []
      return state()
    },
    'mail.test': ({ to }) => ({
      sent: post.working,
      sentence: post.working
        ? `The mail server took a test mail for ${to ?? post.state.settings?.senderAddress}. Look whether it arrives.`
        : 'The test mail did not go: the mail server refused our user name or password. Put the user name and password in again in Settings.',
      detail: post.working ? null : '535 5.7.8 authentication failed',
    }),
    'desk.todo': () => ({
      graceEndsSoon: 3,
      withoutCard: 38,
      pending: 5,
      signUps: 0,
      ...knobs.waiting,
      undelivered: upkeep.inbox.filter(({ kind }) => kind === 'mail-undelivered').length,
    }),
    'outbox.list': () => (post.state.settings === null ? [] : post.items),
    'outbox.retry': ({ id }) => settle(id),
    'outbox.putAside': ({ id }) => settle(id),
  }
}
