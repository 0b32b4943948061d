// Small things this browser remembers by itself; nothing personal, and the page works where nothing can be kept.
export function readStored<T>(key: string): T | null {
  try {
    return JSON.parse(window.localStorage.getItem(key) ?? 'null') as T | null
  } catch {
    return null
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Private windows may refuse; then it lasts as long as the page.
  }
}
