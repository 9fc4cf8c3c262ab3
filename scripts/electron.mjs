// Finds the Electron binary, or tries once to get it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownEnv, ownNode, root } from './node24.mjs'

const NAMES = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }
const name = NAMES[process.platform] ?? 'electron'
const failed = join(root, '.cache', 'electron-unavailable')
const LIMIT_MS = 120_000

function find() {
  const folders = [process.env.ELECTRON_OVERRIDE_DIST_PATH, join(root, 'node_modules', 'electron', 'dist')]
  return (
    folders
      .filter(Boolean)
      .map((folder) => join(folder, name))
      .find(existsSync) ?? null
  )
}

/**
 * The path of the binary, or why there is none.
 * @returns {{ path: string } | { why: string }}
 */
export function electron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { why: 'this session has no desktop' }
  }
  const found = find()
  if (found) return { path: found }
  const why = 'the desktop shell (Electron) could not be fetched on this network'
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
  if (process.env.CI) return { why: 'this is a CI machine' }
  if (existsSync(failed) && readFileSync(failed, 'utf8') === version) return { why }
  process.stdout.write('Fetching the desktop shell (Electron), at most two minutes…\n')
  const installer = join(root, 'node_modules', 'electron', 'install.js')
  spawnSync(ownNode, [installer], { stdio: 'ignore', timeout: LIMIT_MS, env: ownEnv() })
  const fetched = find()
  if (fetched) return { path: fetched }
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(failed, version)
  return { why }
}
