// Stripe's card readers as things that a space owns: where they stand, what they are called. One implementation: terminal.ts.

/** `country` as Stripe wants it, in two letters: `DE`. */
export type Address = { line1: string; city: string | null; postalCode: string | null; country: string }
export type Location = { id: string; name: string; address: Address; mark: string | null }

export type TerminalReader = {
  id: string
  label: string
  /** Stripe's word for the make. */
  device: string
  online: boolean
  locationId: string | null
  /** With which key it was registered here. */
  mark: string | null
  /** What it does just now, in Stripe's words; null where nobody is waited for. */
  action: string | null
}

export type Terminal = {
  locations(): Promise<Location[]>
  createLocation(key: string, location: { name: string; address: Address }): Promise<Location>
  readers(): Promise<TerminalReader[]>
  /** By the words that it shows on its own display. */
  register(key: string, asked: { code: string; label: string; locationId: string }): Promise<TerminalReader>
  reader(id: string): Promise<TerminalReader>
  rename(id: string, label: string): Promise<TerminalReader>
  /** Stripe forgets it; what it took stays. */
  remove(id: string): Promise<void>
}
