// A mail as it is handed to a server, and by which server. Pure.

/** `starttls`: begins in the clear and must be protected before anything is said. */
export const MAIL_SECURITY = ['tls', 'starttls', 'none'] as const
export type MailSecurity = (typeof MAIL_SECURITY)[number]

export type MailSettings = {
  host: string
  port: number
  security: MailSecurity
  /** Null: the server asks for no name and no password. */
  user: string | null
  senderName: string
  senderAddress: string
  /** Who is told, plainly, what happened. */
  staff: string[]
}

export type MailText = { subject: string; text: string; html: string | null }
/** `type`: such as application/pdf. */
export type MailFile = { name: string; type: string; bytes: Uint8Array }
/** `messageId` with its angle brackets. */
export type Mail = MailText & {
  to: { name: string | null; address: string }
  messageId: string
  files?: readonly MailFile[]
}

/** What a person may write as an address; that it is one, only its server knows. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+\.[^\s@<>(),;:"\\[\]]+$/.test(text)
}

/** A server by name or by number, without a port. */
export function isHost(text: string): boolean {
  return text.length <= 253 && (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) || /^[0-9a-f:]+:[0-9a-f:]*$/i.test(text))
}

/** Where nobody can listen between. */
export function isThisComputer(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** Made once for a mail and kept: by it a program for mail knows that it has it already. */
export function messageIdOf(id: string, senderAddress: string): string {
  return `<${id}@${senderAddress.split('@').at(-1)}>`
}
