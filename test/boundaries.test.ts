// Who may import whom (ARCHITECTURE.md, "Who may import whom"): walks every import of the program and holds it to the table.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

type Rule = { folder: RegExp; internal: RegExp; packages: RegExp }

/** The first rule that fits a file holds for it. */
const rules: Rule[] = [
  { folder: /^src\/main\/domain\//, internal: /^src\/main\/domain\//, packages: /^temporal-polyfill$/ },
  {
    folder: /^src\/main\/store\//,
    internal: /^src\/main\/(store|domain)\//,
    packages: /^(better-sqlite3|node:(fs|path|crypto))$/,
  },
  { folder: /^src\/main\/stripe\/client\.ts$/, internal: /^src\/main\/(stripe|domain)\//, packages: /^stripe$/ },
  {
    folder:
      /^src\/main\/stripe\/(translate|stripe-shapes|till-shapes|money-shapes|changes-shapes|shop-shapes|terminal-shapes)\.ts$/,
    internal: /^src\/main\/(domain\/|stripe\/(port|stripe-shapes))/,
    packages: /^zod$/,
  },
  {
    folder: /^src\/main\/stripe\/(till|money|changes)\.ts$/,
    internal: /^src\/main\/(stripe|domain)\//,
    packages: /^zod$/,
  },
  {
    folder: /^src\/main\/stripe\/(recording|webhook-signature)\.ts$/,
    internal: /^src\/main\/(stripe|domain|store)\//,
    packages: /^node:crypto$/,
  },
  { folder: /^src\/main\/stripe\//, internal: /^src\/main\/(stripe|domain|store)\//, packages: /^$/ },
  {
    folder: /^src\/main\/door\//,
    internal: /^(src\/main\/(door|domain|store)\/|hardware\/(controller\.ts|controllers\/|mqtt-))/,
    packages: /^node:/,
  },
  {
    folder: /^src\/main\/app\/read-card-file\.ts$/,
    internal: /^src\/(main\/(app|domain)\/|preload\/shapes-cards)/,
    packages: /^csv-parse\/sync$/,
  },
  {
    folder: /^src\/main\/app\/pdf(make\.d)?\.ts$/,
    internal: /^src\/main\/domain\//,
    packages: /^pdfmake\/(interfaces|js\/index|build\/vfs_fonts)\.js$/,
  },
  {
    folder: /^src\/main\/notify\/mail\.ts$/,
    internal: /^src\/main\/(notify|domain)\//,
    packages: /^(nodemailer\/lib\/.*|node:stream)$/,
  },
  { folder: /^src\/main\/notify\//, internal: /^src\/main\/(notify|domain|store)\//, packages: /^$/ },
  {
    folder: /^src\/main\/app\//,
    internal:
      /^(src\/main\/(app|domain|store|stripe\/(?!client))|src\/preload\/(contract|shapes|calls-)|hardware\/(driver|controllers\/written)\.ts)/,
    packages: /^$/,
  },
  {
    folder: /^src\/main\/sandbox\//,
    internal: /^(src\/main\/(sandbox|domain)\/|src\/preload\/(contract|shapes|wire)|hardware\/sim\/)/,
    packages: /^node:/,
  },
  {
    folder: /^src\/main\/commands\//,
    internal:
      /^(src\/(main\/(commands|domain)\/|main\/(host\/desk-client|sandbox\/stripe-server)|preload\/)|hardware\/(sim\/|registry\.ts))/,
    packages: /^node:(path|crypto|fs|stream|util)$/,
  },
  {
    folder: /^src\/main\/report\//,
    internal: /^src\/(main\/(report|app|domain|store)\/|preload\/contract)/,
    packages: /^node:worker_threads$/,
  },
  {
    folder: /^src\/main\/host\//,
    internal: /^src\/(main\/(host|domain|store|app|door\/supervise|desk(-types)?\.ts)|preload\/)/,
    packages: /^(node:.*|ws|pino|zod|better-sqlite3|electron|vite)$/,
  },
  {
    folder: /^src\/main\/desk(-types)?\.ts$/,
    internal: /^(src\/main\/(?!host|sandbox|commands)|src\/preload\/|hardware\/registry)/,
    packages: /^node:/,
  },
  {
    folder: /^src\/main\/(electron|desk-child|headless|run-desk|cli|command-line|until-told)\.ts$/,
    internal: /^src\/(main|preload)\//,
    packages: /^(node:.*|electron)$/,
  },
  { folder: /^src\/preload\/bridge\.ts$/, internal: /^src\/preload\//, packages: /^electron$/ },
  { folder: /^src\/preload\//, internal: /^src\/(preload|main\/domain)\//, packages: /^zod$/ },
  {
    folder: /^src\/renderer\//,
    internal: /^src\/(renderer|preload\/(contract|shapes|wire))/,
    packages:
      /^(react|react-dom|qrcode\.react|zustand|radix-ui|lucide-react|get-nonce|@visx|@fontsource-variable\/inter)(\/.*)?$/,
  },
  { folder: /^hardware\/mqtt-client\.ts$/, internal: /^hardware\//, packages: /^(mqtt|node:.*)$/ },
  { folder: /^hardware\/mqtt-broker\.ts$/, internal: /^hardware\//, packages: /^(aedes|node:.*)$/ },
  { folder: /^hardware\/serial-port\.ts$/, internal: /^hardware\//, packages: /^(serialport|node:.*)$/ },
  { folder: /^hardware\//, internal: /^hardware\//, packages: /^node:/ },
]

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .filter((name) => /\.tsx?$/.test(name))
}

function importsOf(source: string): string[] {
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
  )
  return Array.from(found, (match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** What is wrong with one file's imports, as sentences. */
function faults(file: string, source: string): string[] {
  const rule = rules.find(({ folder }) => folder.test(file))
  if (rule === undefined) return [`${file} stands where no rule is`]
  return importsOf(source).flatMap((name) => {
    if (!name.startsWith('.')) return rule.packages.test(name) ? [] : [`${file} may not import the package ${name}`]
    if (/\.(css|woff2|svg|json)$/.test(name)) return []
    const target = path.posix.join(path.posix.dirname(file), name)
    if (!/\.tsx?$/.test(target)) return [`${file} imports ${name} without its ending`]
    return rule.internal.test(target) ? [] : [`${file} may not import ${target}`]
  })
}

const files = [...filesBelow('src'), ...filesBelow('hardware')]

describe('who may import whom', () => {
  it('holds for every file', () => {
    expect(files.flatMap((file) => faults(file, fs.readFileSync(path.join(root, file), 'utf8')))).toEqual([])
  })

  it('saw the whole program', () => {
    expect(files.length).toBeGreaterThan(120)
    const imports = files.reduce(
      (sum, file) => sum + importsOf(fs.readFileSync(path.join(root, file), 'utf8')).length,
      0,
    )
    expect(imports).toBeGreaterThan(400)
  })

  it.each([
    ['src/main/domain/decide.ts', "import fs from 'node:fs'"],
    ['src/main/domain/decide.ts', "import { sql } from '../store/statement.ts'"],
    ['src/main/app/feed.ts', "import Stripe from 'stripe'"],
    ['src/main/app/feed.ts', "const x = await import('../host/log.ts')"],
    ['src/main/door/link.ts', "import { createSyncRunner } from '../app/sync-runner.ts'"],
    ['src/main/app/report-letter.ts', "const x = await import('pdfmake/js/index.js')"],
    ['src/main/app/notify.ts', "import { createMail } from '../notify/mail.ts'"],
    ['src/main/notify/outbox-worker.ts', "import SMTPConnection from 'nodemailer/lib/smtp-connection'"],
    ['src/renderer/main.tsx', "import { decide } from '../main/domain/decide.ts'"],
    ['hardware/readers/listening.ts', "import { SerialPort } from 'serialport'"],
    ['hardware/driver.ts', "import type { Member } from '../src/main/domain/member.ts'"],
    ['src/main/store/open.ts', "import { z } from 'zod'"],
    ['src/main/store/open.ts', "import x from './migrate'"],
    ['src/elsewhere/x.ts', ''],
  ])('would notice a fault planted in %s: %s', (file, source) => {
    expect(faults(file, source)).toHaveLength(1)
  })
})

describe('the tree', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(fs.readFileSync(path.join(root, file), 'utf8'))
        .filter((name) => name.startsWith('.'))
        .map((name) => path.posix.join(path.posix.dirname(file), name)),
    ]),
  )

  it('has no circle of imports, not even of types', () => {
    const state = new Map<string, 'open' | 'done'>()
    const circles: string[] = []
    const visit = (file: string, trail: string[]) => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') return void circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '))
      state.set(file, 'open')
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
      state.set(file, 'done')
    }
    for (const file of files) visit(file, [])
    expect(circles).toEqual([])
  })

  it('has no file that nothing uses', () => {
    const used = new Set([...graph.values()].flat())
    const entries =
      /^src\/(main\/(electron|desk-child|cli|(door|report)\/thread)\.ts|preload\/bridge\.ts|renderer\/main\.tsx)$|\.d\.ts$/
    expect(files.filter((file) => !used.has(file) && !entries.test(file))).toEqual([])
  })

  it('keeps to kebab-case names and files of moderate size', () => {
    expect(files.filter((file) => !/^[a-z0-9./-]+$/.test(file))).toEqual([])
    const long = files.filter((file) => fs.readFileSync(path.join(root, file), 'utf8').split('\n').length > 300)
    expect(long).toEqual([])
  })

  it('has no default exports and no barrels', () => {
    const bad = files.filter((file) => {
      const source = fs.readFileSync(path.join(root, file), 'utf8')
      return /^export default /m.test(source) || /^export \* from/m.test(source)
    })
    expect(bad).toEqual([])
  })
})
