// The secret store where no system keychain is: one file a secret, encrypted, readable by its owner only.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const stored = z.object({
  purpose: z.enum(['stripe', 'webhook', 'mail']),
  salt: z.string(),
  iv: z.string(),
  tag: z.string(),
  data: z.string(),
})

export type Purpose = 'stripe' | 'webhook' | 'mail'

const FILES: Record<Purpose, string> = {
  stripe: 'secrets.json',
  webhook: 'secrets-webhook.json',
  mail: 'secrets-mail.json',
}

const CANNOT_OPEN: Record<Purpose, string> = {
  stripe:
    'The stored Stripe key cannot be opened (was LATCHKEY_PASSPHRASE changed?): put the key in again, in Settings or with `latchkey secret set stripe`.',
  webhook:
    'The stored webhook secret cannot be opened (was LATCHKEY_PASSPHRASE changed?): put it in again, in Settings or with `latchkey secret set stripe-webhook`.',
  mail: 'The stored password of the mail server cannot be opened (was LATCHKEY_PASSPHRASE changed?): put it in again, in Settings or with `latchkey mail set`.',
}

export type SecretStore = { get(): string | null; set(key: string): void }

/** Thrown with a sentence where the file cannot be opened with this passphrase or key. */
export class SecretsRefused extends Error {}

/**
 * AES-256-GCM. The key comes from LATCHKEY_PASSPHRASE through scrypt where it is set, else from a random file beside it:
 * that keeps the secret out of copies of single files, not from whoever can read the whole folder.
 */
export function fileSecrets(dataDir: string, passphrase: string | undefined, purpose: Purpose = 'stripe'): SecretStore {
  const file = path.join(dataDir, FILES[purpose])
  const keyFile = path.join(dataDir, 'secrets.key')
  const material = () => {
    if (passphrase) return passphrase
    if (!fs.existsSync(keyFile)) fs.writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
    return fs.readFileSync(keyFile, 'utf8')
  }
  return {
    get() {
      if (!fs.existsSync(file)) return null
      try {
        const { salt, iv, tag, data } = stored.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
        const decipher = createDecipheriv(
          'aes-256-gcm',
          scryptSync(material(), Buffer.from(salt, 'hex'), 32),
          Buffer.from(iv, 'hex'),
        )
        decipher.setAuthTag(Buffer.from(tag, 'hex'))
        return Buffer.concat([decipher.update(Buffer.from(data, 'hex')), decipher.final()]).toString('utf8')
      } catch {
        throw new SecretsRefused(CANNOT_OPEN[purpose])
      }
    },
    set(key) {
      const salt = randomBytes(16)
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', scryptSync(material(), salt, 32), iv)
      const data = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()])
      const value = {
        purpose,
        salt: salt.toString('hex'),
        iv: iv.toString('hex'),
        tag: cipher.getAuthTag().toString('hex'),
        data: data.toString('hex'),
      }
      const temporary = `${file}.${process.pid}`
      fs.writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 })
      fs.renameSync(temporary, file)
    },
  }
}
