// The Node this project runs on comes from npm (package `node`), whatever Node started the script.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

export function hasOwnNode() {
  if (!existsSync(ownNode)) return false
  const { stdout } = spawnSync(ownNode, ['--version'], { encoding: 'utf8' })
  return /^v2[4-9]\./.test(stdout ?? '')
}

/** Starts this very script again under the project's own Node when the current one is too old. */
export function ensureOwnNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return
  if (!hasOwnNode()) {
    process.stderr.write('Node 24 is not set up here yet. Run `npm start` or `npm test` once.\n')
    process.exit(1)
  }
  const { status } = spawnSync(ownNode, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(status ?? 1)
}

/** PATH with the project's own programs (and its Node) first. */
export function ownEnv(extra = {}) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const separator = process.platform === 'win32' ? ';' : ':'
  const path = [dirname(ownNode), join(root, 'node_modules', '.bin'), process.env[name]].join(separator)
  return { ...process.env, [name]: path, ...extra }
}
