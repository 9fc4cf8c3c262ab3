import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.mjs'

const executablePath: string | null = findBrowser()
const isRoot = process.getuid?.() === 0

/** How many times slower the pages are to be than this machine (tests/e2e/fixtures.ts), to find what is a matter of luck. */
const slow = Number(process.env['DAFTAR_SLOW'] ?? 1)

export default defineConfig({
  testDir: './tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/support/build.ts',
  outputDir: './test-results',
  workers: 2,
  // The tests of a file share a host (tests/e2e/fixtures.ts) and follow each other.
  fullyParallel: false,
  timeout: 120_000 * slow,
  expect: { timeout: 30_000 * slow },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'fa-IR',
    timezoneId: 'Asia/Tehran',
    actionTimeout: 20_000 * slow,
    // Recording costs more than the tests themselves: DAFTAR_TRACE=1 switches it on.
    trace: process.env['DAFTAR_TRACE'] ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium's sandbox refuses to run as root, which is what a CI container is.
      args: isRoot ? ['--no-sandbox'] : [],
      // Where no language is set at all, Chromium names every download «download».
      env: { ...process.env, LANG: process.env['LANG'] || 'C.UTF-8' },
    },
  },
})
