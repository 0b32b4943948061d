// The secret store of the desktop program: the Stripe key, encrypted by the system's keychain, in the data folder.
import fs from 'node:fs'
import path from 'node:path'
import { safeStorage } from 'electron'
import { z } from 'zod'
import { fileSecrets, type SecretStore, SecretsRefused } from './secrets.ts'

const stored = z.object({ purpose: z.literal('stripe'), data: z.string() })

/** After the app is ready. Where there is no real keychain, the store is the same file that `latchkey serve` uses. */
export function desktopSecrets(dataDir: string, passphrase: string | undefined): SecretStore {
  const inFile = fileSecrets(dataDir, passphrase)
  if (!hasKeychain()) return inFile
  const file = path.join(dataDir, 'secrets.keychain')
  return {
    get() {
      // A key that was put in by `latchkey serve` counts too.
      if (!fs.existsSync(file)) return inFile.get()
      try {
        const { data } = stored.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
        return safeStorage.decryptString(Buffer.from(data, 'base64'))
      } catch {
        throw new SecretsRefused(
          "The stored Stripe key cannot be opened with this computer's keychain: put the key in again, in Settings.",
        )
      }
    },
    set(key) {
      const value = { purpose: 'stripe', data: safeStorage.encryptString(key).toString('base64') }
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
