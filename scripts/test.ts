// `npm test`: everything that must hold, and what it needs. Ends with one line that counts the tests.
import fs from 'node:fs'
import path from 'node:path'
import { findNeeds } from './needs.ts'
import { domainTypes, lint, playwright, root, runSteps, types, vitest, web } from './steps.ts'

const results = path.join(root, 'test-results')
const unit = path.join(results, 'vitest.json')
const browser = path.join(results, 'playwright.json')
// Many tests work in folders of their own, and what Node compiled for those is of no use to anybody later.
const compiled = path.join(results, 'compiled')

const began = performance.now()
const needs = await findNeeds((line) => console.error(line))
process.exitCode = needs === null ? 1 : await test(needs.chromium)

async function test(chromium: string): Promise<number> {
  for (const file of [unit, browser, compiled]) fs.rmSync(file, { force: true, recursive: true })
  const env = { LATCHKEY_CHROMIUM: chromium, NODE_COMPILE_CACHE: compiled }
  const code = await runSteps([
    lint,
    types,
    domainTypes,
    web,
    { ...vitest('--reporter=default', '--reporter=json', `--outputFile.json=${unit}`), env },
    { ...playwright('--reporter=list,json'), env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: browser } },
  ])
  const counts = [counted(unit, readVitest), counted(browser, readPlaywright)]
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  console.log(`\nAll of it took ${((performance.now() - began) / 1_000).toFixed(0)} s`)
  console.log(`${passed} passed, ${failed} failed`)
  // A run in which one of the runners found no test proves nothing.
  return code !== 0 || failed > 0 || counts.some((count) => count.passed === 0) ? 1 : 0
}

type Count = { passed: number; failed: number }

function counted(file: string, read: (report: never) => Count): Count {
  return fs.existsSync(file) ? read(JSON.parse(fs.readFileSync(file, 'utf8')) as never) : { passed: 0, failed: 0 }
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

function readVitest({ numPassedTests, numFailedTests, testResults }: VitestReport): Count {
  // A file that could not even be loaded has no test that failed, and is a failure all the same.
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] }

function readPlaywright({ stats, errors }: PlaywrightReport): Count {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}
