import { defineConfig } from 'playwright/test'
import { findElectron, hasDisplay } from './scripts/electron-binary.ts'

const root = process.getuid?.() === 0

export default defineConfig({
  testDir: 'test/e2e',
  // Longer than all else in a browser: `npm run test:deep -- cards`, `-- manager`.
  ...(process.env.LATCHKEY_DEEP ? {} : { testIgnore: ['**/cards.spec.ts', '**/manager.spec.ts'] }),
  outputDir: 'test-results/e2e',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // The same specs also run in the window, where it can open.
  projects: [{ name: 'chromium' }, ...(findElectron() !== null && hasDisplay() ? [{ name: 'electron' }] : [])],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(process.env.LATCHKEY_CHROMIUM ? { executablePath: process.env.LATCHKEY_CHROMIUM } : {}),
      args: [
        ...(root ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
