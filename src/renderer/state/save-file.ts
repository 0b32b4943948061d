// What the desk made becomes a file of whoever asked for it.

/** Longer than any browser takes to begin. */
const KEPT_MS = 60_000

export function saveFile(name: string, text: string, type = 'text/csv'): void {
  save(name, new Blob([text], { type: `${type};charset=utf-8` }))
}

/** Of bytes that came as base64. */
export function saveBytes(name: string, base64: string, type: string): void {
  save(name, new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type }))
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS)
}
