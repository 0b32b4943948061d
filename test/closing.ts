// What helpers open for a test and nobody closes by hand. A worker loads a helper once for many files, so a hook of
// its own would hold for the first of them alone; `each-file.ts` is run for every file.
type Close = () => unknown

const afterTests: Close[] = []
const afterFiles: Close[] = []

/** For helpers, once, as they are loaded. */
export function closeAfterEachTest(close: Close): void {
  afterTests.push(close)
}

export function closeAfterEachFile(close: Close): void {
  afterFiles.push(close)
}

export async function testIsOver(): Promise<void> {
  for (const close of afterTests) await close()
}

export async function fileIsOver(): Promise<void> {
  for (const close of afterFiles) await close()
}
