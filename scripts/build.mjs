// Builds what is older than its sources. `node scripts/build.mjs [--force]`
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ownEnv, ownNode, root } from './node24.mjs'

const COMMON = ['shared', 'vite.config.ts', 'package-lock.json']
const PARTS = {
  renderer: { modes: ['production'], sources: ['renderer', 'locales', ...COMMON], result: 'dist/renderer/index.html' },
  hosts: { modes: ['main', 'preload'], sources: ['main', ...COMMON], result: 'dist/main/web.mjs' },
}

function* files(path) {
  if (!existsSync(path)) return
  const entries = (() => {
    try {
      return readdirSync(path, { withFileTypes: true })
    } catch {
      return null
    }
  })()
  if (entries === null) return yield path
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = join(path, entry.name)
    if (entry.isDirectory()) yield* files(below)
    else yield below
  }
}

function fingerprint(sources) {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const file of files(join(root, source))) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

/** Builds a part ('renderer' or 'hosts') unless it is newer than everything it is made of. True when it is there. */
export function build(name, { force = false } = {}) {
  const part = PARTS[name]
  const stampFile = join(root, '.cache', `build-${name}`)
  const stamp = fingerprint(part.sources)
  const current = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  if (!force && current === stamp && existsSync(join(root, part.result))) return true
  process.stdout.write(`Building the ${name === 'renderer' ? 'screens' : 'engine and its hosts'}…\n`)
  for (const mode of part.modes) {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const args = [vite, 'build', '--mode', mode, '--logLevel', 'warn']
    const run = spawnSync(ownNode, args, { cwd: root, env: ownEnv(), encoding: 'utf8' })
    if (run.status !== 0) {
      process.stderr.write(`${run.stdout}\n${run.stderr}\n`)
      return false
    }
  }
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(stampFile, stamp)
  return true
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const force = process.argv.includes('--force')
  process.exit(Object.keys(PARTS).every((name) => build(name, { force })) ? 0 : 1)
}
