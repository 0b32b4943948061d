// Things done about late payments at the fake desk: what is said of a line stands with it and can be taken back; the first
// two without an email are told at the desk, and who was mailed is not mailed again without being asked for.
import { fillTemplate, type MailTemplate, unknownPlaceholders } from '../../src/main/domain/fill-template.ts'
import { calendarAt, type LateLine, reasonKey } from '../../src/main/domain/lapsed-report.ts'
import { lateRefusals, notDone, usualTemplates } from '../../src/main/domain/late-actions-en.ts'
import { reasonWords } from '../../src/main/domain/report-en.ts'
import type { Acted, Caller, LateHistory } from '../../src/preload/shapes-late.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'
import { type FakeLate, lateMember } from './fake-late.ts'

type Said = NonNullable<ReturnType<FakeLate['said']['get']>>

export function lateActionHandlers(world: World, facts: FakeLate): Handlers {
  const { said } = facts
  let templates: MailTemplate[] = [...usualTemplates]
  const mailed = new Set<string>()
  const undo = new Map<string, { lines: string[]; back: () => void }>()
  const history = new Map<string, LateHistory>()
  const lineOf = (id: string) => facts.lines.find((line) => line.id === id)
  const named = (line: LateLine | undefined) => {
    const member = line === undefined ? undefined : lateMember(world, line)
    return { id: member?.id ?? '', name: member?.name ?? '' }
  }
  const hasEmail = (id: string) => !id.endsWith('4')

  /** `why`: a sentence where it is not done. */
  function act(lines: readonly string[], why: (id: string) => { sentence: string; again: boolean } | null): Acted {
    const acted: Acted = { act: null, done: [], not: [] }
    for (const line of lines) {
      const about = { line, member: named(lineOf(line)) }
      const not = why(line)
      if (not === null) acted.done.push(about)
      else acted.not.push({ ...about, ...not })
    }
    return acted
  }
  function tell(lines: readonly string[], kind: LateHistory[number]['kind'], words: string, act: string | null) {
    for (const line of lines) {
      const entry = { kind, at: world.iso(0), by: 'owner', words, act, lines: lines.length, withdrawn: null }
      history.set(line, [{ id: `${kind}-${history.size}`, ...entry }, ...(history.get(line) ?? [])])
    }
  }
  function say(lines: readonly string[], kind: LateHistory[number]['kind'], words: string, change: Said): Acted {
    const acted = act(lines, () => null)
    const before = new Map(lines.map((id) => [id, said.get(id)]))
    for (const id of lines) said.set(id, { ...said.get(id), ...change })
    acted.act = `act-${undo.size}`
    undo.set(acted.act, {
      lines: [...lines],
      back: () => {
        for (const [id, one] of before) one === undefined ? said.delete(id) : said.set(id, one)
      },
    })
    tell(lines, kind, words, acted.act)
    return acted
  }
  function mail(lines: readonly string[], again: boolean, words: string): Acted {
    const acted = act(lines, (id) => {
      const { name } = named(lineOf(id))
      if (!hasEmail(id)) return { sentence: notDone.noAddress(name), again: false }
      return mailed.has(id) && !again ? { sentence: notDone.lately(name, 'today 14:05'), again: true } : null
    })
    for (const { line } of acted.done) mailed.add(line)
    tell(
      acted.done.map(({ line }) => line),
      'link',
      words,
      null,
    )
    return acted
  }

  return {
    'late.link': ({ lines, again = false }) => mail(lines, again, 'The payment link was mailed'),
    'late.mail': ({ lines, subject, again = false }) => mail(lines, again, `Mailed: ${subject}`),
    'late.preview': ({ line, subject, text }) => {
      const [unknown] = unknownPlaceholders(`${subject} ${text}`)
      if (unknown !== undefined) return no('bad-request', lateRefusals.placeholder(unknown))
      const { name } = named(lineOf(line))
      const link = 'https://invoice.stripe.com/i/acct_1/in_1'
      const values = { name, amount: '€45.00', plan: 'Full member', due: '14 November 2026', link }
      const to = hasEmail(line) ? 'someone@example.org' : null
      return { name, to, subject: fillTemplate(subject, values), text: fillTemplate(text, values) }
    },
    'late.templates': () => templates,
    'late.keepTemplate': (kept) => {
      templates = [...templates.filter(({ name }) => name !== kept.name), kept]
      return templates
    },
    'late.dropTemplate': ({ name }) => {
      templates = templates.filter((one) => one.name !== name)
      return templates
    },
    'late.callList': ({ lines }) => {
      const days = calendarAt(Date.parse(world.iso(0)), 'Europe/Berlin')
      const rows = lines.flatMap((id, n): Caller[] => {
        const line = lineOf(id)
        if (line === undefined) return []
        return [
          {
            member: named(line),
            phone: n % 3 === 2 ? null : `+49 30 5550 12${n}4`,
            ask: n === 1 ? 'Renate Vogel' : null,
            amount: { minor: line.amount, currency: line.currency },
            plan: 'Full member',
            daysOverdue: days.daysOverdue(line),
            reason: reasonWords(reasonKey(line)),
            note: said.get(id)?.note ?? null,
          },
        ]
      })
      return {
        call: rows.filter(({ phone }) => phone !== null),
        desk: rows.filter(({ phone }) => phone === null),
        file: { name: 'call-list.csv', csv: 'Phone\r\n' },
      }
    },
    'late.extend': ({ lines, until, why }) => say(lines, 'extended', `Access until ${until}: ${why}`, {}),
    'late.bar': ({ lines, why }) => say(lines, 'barred', `Barred: ${why}`, {}),
    'late.assign': ({ lines, to }) => say(lines, 'assigned', `${to} is on it`, { assignee: to || null }),
    'late.note': ({ lines, text }) => say(lines, 'note', `Note: ${text}`, { note: text || null }),
    'late.snooze': ({ lines, until }) =>
      say(lines, 'snoozed', `Put off until ${until}`, {
        snoozedUntil: until === null ? null : `${until}T00:00:00.000Z`,
      }),
    'late.paid': async ({ lines }) => {
      // As long as Stripe would take, so that it can be seen where it is.
      await new Promise((resolve) => setTimeout(resolve, 60))
      const acted = act(
        lines.map(({ id }) => id),
        (id) => (lineOf(id)?.state === 'open' ? null : { sentence: notDone.settled, again: false }),
      )
      facts.lines = facts.lines.map((line) =>
        acted.done.some((one) => one.line === line.id)
          ? { ...line, state: 'paid', standing: 'current', paidAt: Date.parse(world.iso(0)), nextAttemptAt: null }
          : line,
      )
      return acted
    },
    'late.history': ({ line }) => history.get(line) ?? [],
    'late.undo': ({ act: id }) => {
      const one = undo.get(id)
      if (one === undefined) return no('not-found', lateRefusals.noAct)
      undo.delete(id)
      one.back()
      for (const line of one.lines)
        history.set(
          line,
          (history.get(line) ?? []).map((entry) =>
            entry.act === id ? { ...entry, act: null, withdrawn: { at: world.iso(0), by: 'owner' } } : entry,
          ),
        )
      return act(one.lines, () => null)
    },
  }
}
