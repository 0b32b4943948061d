// Mails from a template: names in braces stand for what is known of each person. Pure.

export const PLACEHOLDERS = ['name', 'amount', 'plan', 'due', 'link'] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]

export type MailTemplate = { name: string; subject: string; text: string }

const BRACES = /\{([^{}]*)\}/g

/** Names in braces that stand for nothing, as they were written, each once. */
export function unknownPlaceholders(text: string): string[] {
  const found = Array.from(text.matchAll(BRACES), (match) => match[1] ?? '')
  return [...new Set(found.filter((name) => !isPlaceholder(name)))]
}

export function asksFor(text: string, placeholder: Placeholder): boolean {
  return text.includes(`{${placeholder}}`)
}

/** What is filled in is never looked through again: a name may hold braces. */
export function fillTemplate(text: string, values: Record<Placeholder, string>): string {
  return text.replace(BRACES, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole))
}

function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name)
}
