// `npm test`: types, formatting and lint, unit to desktop tests, end to end. The last line is the sum.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { ensureOwnNode, ownEnv, root } from './node24.mjs'

ensureOwnNode()
const reports = join(root, '.cache', 'reports')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const sum = { passed: 0, failed: 0 }
const skipped = []
const broken = []
const browser = findBrowser()

function run(title, script, args, env = {}) {
  process.stdout.write(`\n— ${title}\n`)
  const started = Date.now()
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: ownEnv({ ...(browser ? { CHROME_PATH: browser } : {}), ...env }),
  })
  process.stdout.write(
    `— ${title}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s\n`,
  )
  return status === 0
}

function single(title, script, args) {
  if (run(title, script, args)) sum.passed++
  else {
    sum.failed++
    broken.push(title)
  }
}

function read(name) {
  const path = join(reports, name)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

function vitest() {
  const json = join(reports, 'vitest.json')
  const ok = run('unit, integration, architecture, faults, desktop', 'vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${json}`,
  ])
  let failed = 0
  for (const file of read('vitest.json')?.testResults ?? []) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') sum.passed++
      else if (test.status === 'failed') {
        failed++
        broken.push(test.fullName)
      } else skipped.push(test.fullName)
    }
    // A file that could not even be loaded.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      failed++
      broken.push(file.name)
    }
  }
  sum.failed += failed || (ok ? 0 : 1)
}

function playwright() {
  if (!browser) {
    process.stdout.write('\n— end to end: no browser, so none of it was run\n')
    sum.failed++
    return
  }
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'playwright.json') }
  const ok = run('end to end', '@playwright/test/cli.js', ['test', '--reporter=list,json'], env)
  const report = read('playwright.json')
  let failed = 0
  const walk = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'expected' || test.status === 'flaky') sum.passed++
        else if (test.status === 'skipped') skipped.push(`${spec.file}: ${spec.title}`)
        else {
          failed++
          broken.push(`${spec.file}: ${spec.title}`)
        }
      }
    }
    suite.suites?.forEach(walk)
  }
  report?.suites?.forEach(walk)
  sum.failed += failed || (ok ? 0 : 1)
}

single('types', 'typescript/bin/tsc', ['-b'])
single('format and lint', '@biomejs/biome/bin/biome', ['check', '.'])
vitest()
playwright()

if (skipped.length > 0) process.stdout.write(`\nSkipped:\n${skipped.map((name) => `  ${name}\n`).join('')}`)
// Once more at the end: whoever sees only that knows which.
if (broken.length > 0) process.stdout.write(`\nFailed:\n${broken.map((name) => `  ${name}\n`).join('')}`)
const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : ''
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed${tail}\n`)
process.exit(sum.failed > 0 ? 1 : 0)
