// The page is made once, whoever asks and however many at once, and never served stale.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureWebBuild } from '../../src/main/host/web-build.ts'
import { freshDir, until } from '../serving.ts'

const checkout = path.resolve(import.meta.dirname, '../..')
const program = path.join(checkout, 'src/main/host/web-build.ts')
let root: string
let lines: string[]

beforeEach(() => {
  root = freshDir()
  lines = []
  fs.symlinkSync(path.join(checkout, 'node_modules'), path.join(root, 'node_modules'))
  write('package.json', '{ "type": "module" }')
  write('src/renderer/index.html', '<!doctype html><title>One</title>')
  write('vite.renderer.config.ts', "export default { root: 'src/renderer' }\n")
})
afterEach(() => fs.rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.writeFileSync(path.join(root, file), text)
}

const make = () => ensureWebBuild(root, (line) => lines.push(line))
const shell = (folder: string) => fs.readFileSync(path.join(folder, 'index.html'), 'utf8')
const builds = () => fs.readdirSync(path.join(root, 'build')).filter((name) => name.includes('web-'))

/** In a process of its own: what it printed, the folder last. */
function makeElsewhere(): Promise<string[]> {
  const script = `import { ensureWebBuild } from ${JSON.stringify(program)}
    console.log(await ensureWebBuild(${JSON.stringify(root)}, (line) => console.log(line)))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  return new Promise((resolve) => child.on('close', () => resolve(out.trim().split('\n'))))
}

const MAKING = 'Making the page from its sources, once; this takes some seconds.'

describe('the page', () => {
  it('is made once, and then found', async () => {
    const folder = await make()
    expect(shell(folder)).toContain('<title>One</title>')
    expect(lines).toEqual([MAKING])
    expect(await make()).toBe(folder)
    expect(lines).toEqual([MAKING])
  })

  it('is made by one of two that start at once', async () => {
    const [one = [], other = []] = await Promise.all([makeElsewhere(), makeElsewhere()])
    expect(one.at(-1)).toBe(other.at(-1))
    expect(shell(one.at(-1) ?? '')).toContain('One')
    expect([...one, ...other].filter((line) => line === MAKING)).toHaveLength(1)
    expect(builds()).toHaveLength(1)
  })

  it('is made anew when a source changes; the two newest are kept', async () => {
    const folders: string[] = []
    for (const title of ['One', 'Two', 'Three']) {
      write('src/renderer/index.html', `<!doctype html><title>${title}</title>`)
      folders.push(await make())
      expect(shell(folders.at(-1) ?? '')).toContain(title)
    }
    expect(folders.map((folder) => fs.existsSync(folder))).toEqual([false, true, true])
    // Going back to a page that is still there costs nothing.
    write('src/renderer/index.html', '<!doctype html><title>Two</title>')
    expect(await make()).toBe(folders[1])
    expect(lines).toHaveLength(3)
  })

  it('stays while somebody uses it, and goes when they have ended', async () => {
    const title = (text: string) => write('src/renderer/index.html', `<!doctype html><title>${text}</title>`)
    const script = `import { ensureWebBuild } from ${JSON.stringify(program)}
      console.log(await ensureWebBuild(${JSON.stringify(root)}, () => undefined))
      setInterval(() => undefined, 1_000)`
    const user = spawn(process.execPath, ['--input-type=module', '-e', script])
    const used = String(await new Promise((resolve) => user.stdout.once('data', resolve))).trim()
    for (const text of ['Two', 'Three', 'Four']) {
      title(text)
      await make()
    }
    expect(shell(used)).toContain('One')
    expect(builds()).toHaveLength(3)
    const ended = new Promise((resolve) => user.once('exit', resolve))
    user.kill()
    await ended
    title('Five')
    await make()
    expect(fs.existsSync(used)).toBe(false)
    expect(fs.readdirSync(path.join(root, 'build')).filter((name) => name.startsWith('user-'))).toEqual([
      `user-${process.pid}`,
    ])
  })

  it('is stale when any source changes, or what makes it', async () => {
    let before = await make()
    for (const file of [
      'src/preload/contract.ts',
      'src/main/domain/time.ts',
      'vite.renderer.config.ts',
      'package-lock.json',
    ]) {
      write(file, file.endsWith('.json') ? '{}' : "export default { root: 'src/renderer', base: './' }\n")
      const after = await make()
      expect(after, file).not.toBe(before)
      before = after
    }
  })

  it('waits for another that makes it, and goes on when that one is killed', async () => {
    fs.mkdirSync(path.join(root, 'build/.web-1/assets'), { recursive: true })
    const hold = `import Database from 'better-sqlite3'
      new Database(${JSON.stringify(path.join(root, 'build/web.lock'))}).exec('BEGIN EXCLUSIVE')
      console.log('held')
      setInterval(() => undefined, 1_000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', hold], { cwd: checkout })
    await new Promise((resolve) => holder.stdout.once('data', resolve))
    const made = make()
    await until(async () => lines.length > 0, 'the sentence of the one that waits')
    expect(lines).toEqual(['Another Latchkey is making the page; waiting for it.'])
    holder.kill('SIGKILL')
    expect(shell(await made)).toContain('One')
    expect(builds()).toHaveLength(1)
  })
})

describe('a page that cannot be made', () => {
  it('says where to look, and leaves nothing that could be taken for a page', async () => {
    write('src/renderer/index.html', '<script type="module" src="./gone.ts"></script>')
    await expect(make()).rejects.toThrow(/^The page could not be made from its sources; the lines above say why\.$/)
    expect(lines.join('\n')).toContain('gone.ts')
    expect(builds().filter((name) => name.startsWith('web-'))).toEqual([])
  })

  it('says that its tools are missing', async () => {
    fs.rmSync(path.join(root, 'node_modules'))
    await expect(make()).rejects.toThrow(/tools are missing: run `npm ci`/)
  })

  it('says that its folder cannot be written', async () => {
    write('build', 'a file')
    await expect(make()).rejects.toThrow(/^The page cannot be made, because the folder \S+ cannot be written/)
  })
})
