// A path that names one file whoever reads it: the desk's working folder is nobody's to guess.
import { done, type Result, refuse } from './result.ts'

export function wholePath(file: string): Result<string> {
  return /^(\/|[A-Za-z]:[\\/])/.test(file)
    ? done(file)
    : refuse('bad-request', `Write the whole path of the file, from the root: "${file}" could be anywhere.`)
}
