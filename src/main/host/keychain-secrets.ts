// The secret store of the desktop program: one file a secret, encrypted by the system's keychain, in the data folder.
import fs from 'node:fs'
import path from 'node:path'
import { safeStorage } from 'electron'
import { z } from 'zod'
import { fileSecrets, type Purpose, type SecretStore, SecretsRefused } from './secrets.ts'

type Kept = Exclude<Purpose, 'webhook'>
const stored = z.object({ purpose: z.enum(['stripe', 'mail']), data: z.string() })

const FILES: Record<Kept, string> = { stripe: 'secrets.keychain', mail: 'secrets-mail.keychain' }

const CANNOT_OPEN: Record<Kept, string> = {
  stripe: "The stored Stripe key cannot be opened with this computer's keychain: put the key in again, in Settings.",
  mail: "The stored password of the mail server cannot be opened with this computer's keychain: put it in again, in Settings.",
}

/** After the app is ready. Where there is no real keychain, the store is the same file that `latchkey serve` uses. */
export function desktopSecrets(dataDir: string, passphrase: string | undefined, purpose: Kept = 'stripe'): SecretStore {
  const inFile = fileSecrets(dataDir, passphrase, purpose)
  if (!hasKeychain()) return inFile
  const file = path.join(dataDir, FILES[purpose])
  return {
    get() {
      // What was put in by `latchkey serve` counts too.
      if (!fs.existsSync(file)) return inFile.get()
      try {
        const { data } = stored.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
        return safeStorage.decryptString(Buffer.from(data, 'base64'))
      } catch {
        throw new SecretsRefused(CANNOT_OPEN[purpose])
      }
    },
    set(key) {
      const value = { purpose, data: safeStorage.encryptString(key).toString('base64') }
      const temporary = `${file}.${process.pid}`
      fs.writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 })
      fs.renameSync(temporary, file)
    },
  }
}

/** On Linux without a secret service, Electron would encrypt with a password that everybody knows. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}
