// One mail in two forms, plain text and HTML, both made from the same parts. Pure.

export type MailPart =
  | { part: 'text'; text: string }
  | { part: 'list'; title: string; items: readonly string[] }
  /** Two columns; the last row stands out where `total` says so. */
  | { part: 'rows'; rows: readonly (readonly [string, string])[]; total: boolean }
  | { part: 'link'; text: string; url: string }
  | { part: 'small'; text: string }

/** White on it is read easily: 5.5 to 1. */
const ACCENT = '#0f766e'
const INK = '#0f172a'
const QUIET = '#475569'
const FONT = "font-family:'Inter','Segoe UI',Helvetica,Arial,sans-serif"

export function asText(space: string, parts: readonly MailPart[]): string {
  return `${parts.map(textOf).join('\n\n')}\n\n${space}\n`
}

function textOf(part: MailPart): string {
  switch (part.part) {
    case 'text':
    case 'small':
      return part.text
    case 'list':
      return [part.title, ...part.items.map((item) => `- ${item}`)].join('\n')
    case 'rows': {
      const widths = [0, 1].map((n) => Math.max(...part.rows.map((row) => row[n]?.length ?? 0)))
      const lines = part.rows.map(
        ([name, value]) => `${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}`,
      )
      const rule = '-'.repeat((widths[0] ?? 0) + (widths[1] ?? 0) + 2)
      return (part.total ? [...lines.slice(0, -1), rule, ...lines.slice(-1)] : lines).join('\n')
    }
    case 'link':
      return `${part.text}: ${part.url}`
  }
}

/** Tables and styles in place: programs for mail know little else. */
export function asHtml(space: string, title: string, parts: readonly MailPart[]): string {
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${escapeHtml(title)}</title></head>`,
    `<body style="margin:0;padding:24px 12px;background:#f1f5f9;${FONT};color:${INK}">`,
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">`,
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:8px;overflow:hidden">`,
    `<tr><td style="background:${ACCENT};color:#ffffff;padding:20px 28px;font-size:20px;font-weight:600">${escapeHtml(space)}</td></tr>`,
    `<tr><td style="padding:12px 28px 24px">`,
    ...parts.map(htmlOf),
    `</td></tr></table></td></tr></table></body></html>`,
  ].join('\n')
}

function htmlOf(part: MailPart): string {
  const line = 'margin:16px 0 0;font-size:16px;line-height:1.5'
  switch (part.part) {
    case 'text':
      return `<p style="${line}">${escapeHtml(part.text).replaceAll('\n', '<br>')}</p>`
    case 'small':
      return `<p style="margin:16px 0 0;font-size:14px;line-height:1.5;color:${QUIET}">${escapeHtml(part.text)}</p>`
    case 'list': {
      const items = part.items.map((item) => `<li style="margin:4px 0">${escapeHtml(item)}</li>`)
      return `<p style="${line};font-weight:600">${escapeHtml(part.title)}</p><ul style="margin:4px 0 0;padding-left:22px;font-size:16px;line-height:1.5">${items.join('')}</ul>`
    }
    case 'rows': {
      const rows = part.rows.map(([name, value], n) => {
        const last = part.total && n === part.rows.length - 1
        const cell = `padding:8px 0;border-top:${last ? `2px solid ${ACCENT}` : '1px solid #e2e8f0'}${last ? ';font-weight:600' : ''}`
        return `<tr><td style="${cell}">${escapeHtml(name)}</td><td align="right" style="${cell};padding-left:16px;white-space:nowrap">${escapeHtml(value)}</td></tr>`
      })
      return `<table width="100%" cellpadding="0" cellspacing="0" style="margin:16px 0 0;font-size:16px">${rows.join('')}</table>`
    }
    case 'link': {
      // Nothing else is ever followed from a mail of ours.
      if (!/^https?:\/\//.test(part.url)) return `<p style="${line}">${escapeHtml(`${part.text}: ${part.url}`)}</p>`
      return `<p style="margin:20px 0 0"><a href="${escapeHtml(part.url)}" style="display:inline-block;background:${ACCENT};color:#ffffff;padding:12px 20px;border-radius:8px;font-size:16px;text-decoration:none">${escapeHtml(part.text)}</a></p><p style="margin:8px 0 0;font-size:14px;color:${QUIET};word-break:break-all">${escapeHtml(part.url)}</p>`
    }
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
}

/** One line, whatever a name holds: a line break in it must not begin another header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
