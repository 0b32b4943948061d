// Makes the page, if it is not there already.
import { ensureWebBuild } from '../src/main/host/web-build.ts'
import { root } from './steps.ts'

try {
  await ensureWebBuild(root, (line) => console.error(line))
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
