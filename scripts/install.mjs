// Brings node_modules to what the lock file says, without Python or a compiler.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasOwnNode, root } from './node24.mjs'

const modules = join(root, 'node_modules')
const stampFile = join(modules, '.daftar-setup')
const lock = join(root, 'package-lock.json')

/** npm's own words can carry addresses of registries; nobody needs them to understand what is wrong. */
const redact = (text) => text.replace(/\b[a-z+]+:\/\/\S+/gi, '(address)')

function npm(...args) {
  const script = process.env.npm_execpath
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }
  const run =
    script && /\.[cm]?js$/.test(script)
      ? spawnSync(process.execPath, [script, ...args, ...quiet], options)
      : spawnSync('npm', [...args, ...quiet], { ...options, shell: process.platform === 'win32' })
  if (run.status === 0) return
  process.stderr.write(redact(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}\n`))
  process.stderr.write(
    `The parts Daftar is made of could not be fetched (npm ${args[0]}). Look at the network, then try again.\n`,
  )
  process.exit(1)
}

function isCurrent(stamp) {
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === stamp
  // Installed by hand: npm keeps a lock of its own in node_modules.
  const hidden = join(modules, '.package-lock.json')
  return existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(lock).mtimeMs
}

export function install() {
  const stamp = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (!isCurrent(stamp)) {
    process.stdout.write('Fetching the parts Daftar is made of…\n')
    // A plain `npm ci` would run node-gyp for the database module (its prebuilt binaries are in the package), and with no scripts at
    // all the package `node` stays empty: hence both steps.
    npm('ci', '--ignore-scripts')
  }
  if (!hasOwnNode()) {
    process.stdout.write('Fetching Node 24…\n')
    npm('rebuild', 'node')
    if (!hasOwnNode()) {
      process.stderr.write('Node 24 could not be set up for this computer.\n')
      process.exit(1)
    }
  }
  writeFileSync(stampFile, stamp)
}
