// The file system of a simulated ESP-RFID box: a file for each card, which is what once came in, and how it decides by them.

/** As many as its makers speak of. */
const MOST = 1_000

export type EspDecision = {
  result: 'Always' | 'Admin' | 'Disabled' | 'Expired' | 'Denied'
  user: string
  /** The file that was found. */
  file: string | null
}

export type EspList = {
  /** False where there is no room. */
  add(uid: string, file: string): boolean
  /** As its own page writes one. */
  addByPage(user: { uid: string } & Record<string, unknown>): void
  remove(uid: string): void
  files(): string[]
  uids(): string[]
  decide(uid: string, seconds: number): EspDecision
}

export function createEspList(): EspList {
  const files = new Map<string, string>()

  const add = (uid: string, file: string): boolean => {
    if (uid === '' || (!files.has(uid) && files.size >= MOST)) return false
    files.set(uid, file)
    return true
  }

  return {
    add,
    addByPage(user) {
      const usual = { user: '', acctype: 1, acctype2: null, acctype3: null, acctype4: null, validsince: 0 }
      add(user.uid, JSON.stringify({ command: 'userfile', ...usual, validuntil: 2_145_916_800, ...user }))
    },
    remove: (uid) => void files.delete(uid),
    files: () => [...files.values()],
    uids: () => [...files.keys()],
    decide(uid, seconds) {
      // Cards that an older firmware stored without the zeros of a byte are found, too.
      const old = uid.length % 2 === 0 ? uid.replace(/../g, (byte) => byte.replace(/^0(?=.)/, '')) : uid
      const found = [uid, old].find((name) => files.has(name))
      if (found === undefined) return { result: 'Denied', user: 'Unknown', file: null }
      const { acctype, user, validsince, validuntil } = JSON.parse(files.get(found) ?? '{}')
      const decided = (result: EspDecision['result']) => ({ result, user: String(user ?? ''), file: found })
      if (Number(acctype) === 99) return decided('Admin')
      if (Number(acctype) !== 1) return decided('Disabled')
      const isValid = Number(validuntil) >= seconds && Number(validsince ?? 0) <= seconds
      return decided(isValid ? 'Always' : 'Expired')
    },
  }
}
