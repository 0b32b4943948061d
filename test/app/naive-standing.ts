// Standing once more, straight from Stripe's lists by the words of the contract: no mirror, no code of the desk.

// biome-ignore lint/suspicious/noExplicitAny: Stripe's objects as they come, on purpose without our types.
type Raw = any

async function everything(url: string, key: string, path: string, query: string): Promise<Raw[]> {
  const found: Raw[] = []
  for (let after = ''; ; after = `&starting_after=${found.at(-1).id}`) {
    const reply = await fetch(`${url}/v1/${path}?limit=100${query}${after}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const page = (await reply.json()) as Raw
    if (page.object !== 'list') throw new Error(`${path}: ${JSON.stringify(page)}`)
    found.push(...page.data)
    if (!page.has_more) return found
  }
}

const ORDER = ['current', 'grace', 'pending', 'frozen', 'lapsed', 'ended']

/** The standing of the person behind each customer who ever had a subscription. */
export async function naiveStandings(url: string, key: string, nowMs: number): Promise<Map<string, string>> {
  const now = nowMs / 1_000
  const customers = await everything(url, key, 'customers', '&expand[]=data.invoice_settings.default_payment_method')
  const subscriptions = await everything(url, key, 'subscriptions', '&status=all')
  const invoices = await everything(url, key, 'invoices', '&expand[]=data.payments')
  const intents = new Map((await everything(url, key, 'payment_intents', '')).map((one) => [one.id, one]))
  const customerOf = new Map(customers.map((one) => [one.id, one]))

  const standingOf = (sub: Raw): string => {
    const own = invoices.filter((one) => one.parent?.subscription_details?.subscription === sub.id)
    const open = own.filter((one) => one.status === 'open')
    const onItsWay = open.some((one) =>
      one.payments.data.some((p: Raw) => intents.get(p.payment.payment_intent)?.status === 'processing'),
    )
    if (sub.status === 'canceled' || sub.status === 'incomplete_expired') return 'ended'
    if (sub.status === 'incomplete') return 'pending'
    if (sub.status === 'unpaid') return 'lapsed'
    if (sub.status === 'paused') {
      const why = sub.status_details.paused.subscription.type
      const paidTo = own.find((one) => one.status === 'paid')?.lines.data.map((line: Raw) => line.period.end) ?? []
      const isPaid = open.length === 0 && Math.max(0, ...paidTo) >= sub.items.data[0]?.current_period_end
      if (why.endsWith('_payment_failure') && isPaid) return 'frozen'
      if (why === 'first_payment_failure') return 'pending'
      return why === 'final_payment_failure' ? 'lapsed' : 'frozen'
    }
    if (sub.pause_collection !== null) return 'frozen'
    if (sub.status === 'past_due') {
      const due = Math.min(...open.map((one) => one.due_date ?? one.status_transitions.finalized_at))
      const debit = customerOf.get(sub.customer)?.invoice_settings.default_payment_method?.type === 'sepa_debit'
      return onItsWay || now < due + (debit ? 14 : 7) * 86_400 ? 'grace' : 'lapsed'
    }
    if (sub.status !== 'active' && sub.status !== 'trialing') throw new Error(`a status of ${sub.status}`)
    return onItsWay && !own.some((one) => one.status === 'paid') ? 'pending' : 'current'
  }

  const people = new Map<string, string[]>()
  for (const { id, email, name } of customers) {
    const person = email === null ? id : `${email.trim().toLowerCase()}|${name}`
    people.set(person, [...(people.get(person) ?? []), id])
  }
  const result = new Map<string, string>()
  for (const ids of people.values()) {
    const held = subscriptions.filter((one) => ids.includes(one.customer))
    const words = held.map(standingOf)
    for (const id of ids)
      if (held.some((one) => one.customer === id)) result.set(id, ORDER.find((word) => words.includes(word)) ?? '')
  }
  return result
}

export function counted(standings: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of standings) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
