// status, sync, members, explain, audit: what is so, and why.
import path from 'node:path'
import { CARD_FORMS } from '../domain/card-identity.ts'
import { STANDINGS, type Standing } from '../domain/standing.ts'
import { type Command, given, OK, printed, table, text } from './command.ts'
import { memberShow } from './member-show.ts'

export const peopleCommands: Command[] = [
  {
    words: 'status',
    args: '',
    about: 'how the desk stands: sync, members, doors, logs',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('desk.status', {}), ({ sync, members, credentials, doors, audit }) => {
        const counts = STANDINGS.map((word) => `${members[word]} ${word}`).join(', ')
        const age = sync.ageSeconds === null ? 'never complete' : `last complete ${sync.ageSeconds} s ago`
        return [
          `sync     ${sync.phase}, ${age}${sync.error === null ? '' : `\n         ${sync.error}`}`,
          `members  ${members.total}: ${counts}`,
          `cards    ${credentials}`,
          ...doors.map(
            (door) =>
              `door     ${door.id} (${door.driver}): ${door.online ? 'online' : `last seen ${door.lastSeenAt ?? 'never'}`}`,
          ),
          `logs     ${audit.rows} rows`,
        ].join('\n')
      })
    },
  },
  {
    words: 'sync',
    args: '[--wait] [--full] [--record FILE]',
    about:
      'read what changed at Stripe now; --full compares everything; --record does, and writes it down for a bug report without names',
    options: { wait: { type: 'boolean' }, full: { type: 'boolean' }, record: { type: 'string' } },
    positionals: [],
    async run({ desk, values }) {
      const wait = values.wait === true
      const record = text(values.record)
      const outcome = await desk.call('sync.run', {
        wait,
        full: values.full === true,
        ...given({ record: record && path.resolve(record) }),
      })
      return printed(
        outcome,
        (counts) => {
          if (counts === null) return 'The desk is syncing; `latchkey status` shows how it goes.'
          const { drift, lastCompleteAt: _, ...changed } = counts
          const list = Object.entries(changed).filter(([, count]) => count > 0)
          const what =
            list.length === 0
              ? 'Nothing changed.'
              : `Changed: ${list.map(([kind, count]) => `${count} ${kind}`).join(', ')}.`
          return drift === null ? what : `${what} Drift: ${drift}.`
        },
        (counts) => counts ?? OK,
      )
    },
  },
  {
    words: 'members',
    args: '[--query TEXT] [--standing STANDING]',
    about: `people, found by name, email, phone or card; STANDING is one of ${STANDINGS.join(' ')}`,
    options: { query: { type: 'string' }, standing: { type: 'string', oneOf: STANDINGS } },
    positionals: [],
    async run({ desk, values }) {
      const standing = text(values.standing)
      const outcome = await desk.call(
        'members.list',
        given({ query: text(values.query), standing: standing as Standing | undefined }),
      )
      return printed(
        outcome,
        ({ rows }) =>
          rows.length === 0
            ? 'Nobody.'
            : table(
                rows.map((row) => [
                  row.standing,
                  row.name,
                  row.emails.join(' ') || '-',
                  row.plans.join(', ') || '-',
                  row.credentials.join(' ') || '-',
                  row.id,
                ]),
              ),
        // What is printed of a person is settled: a bar is told by explain.
        ({ rows }) => rows.map(({ barred: _, ...row }) => row),
      )
    },
  },
  memberShow,
  {
    words: 'explain',
    args: 'DOOR CARD [--form F] [--at ISO]',
    about: 'what that door would say to that card, and why; records nothing',
    options: { form: { type: 'string', oneOf: CARD_FORMS }, at: { type: 'string', moment: true } },
    positionals: ['DOOR', 'CARD'],
    async run({ desk, values, positionals: [door = '', card = ''] }) {
      const outcome = await desk.call('decisions.explain', {
        door,
        card,
        ...given({ form: text(values.form), at: text(values.at) }),
      })
      return printed(
        outcome,
        ({ grant, reason, rule, sentence }) => `${grant ? 'grant' : 'refuse'}: ${reason} (${rule})\n${sentence}`,
      )
    },
  },
  {
    words: 'audit verify',
    args: '',
    about: 'check the hash chains of both logs',
    options: {},
    positionals: [],
    async run({ desk }) {
      const outcome = await desk.call('audit.verify', {})
      if (!outcome.ok) return outcome
      const { rows, ok, firstBad } = outcome.value
      const words = ok ? `${rows} rows, unbroken.` : `The log of ${firstBad?.log} was changed at row ${firstBad?.seq}.`
      return { ok: true, value: { json: outcome.value, text: words, exitCode: ok ? 0 : 1 } }
    },
  },
]
