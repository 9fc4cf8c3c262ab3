// Finds a Chromium for the end-to-end tests, or gets one.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ownEnv, ownNode, root } from './node24.mjs'

const { env, platform } = process

function onPath(...names) {
  const folders = (env.PATH ?? env.Path ?? '').split(platform === 'win32' ? ';' : ':')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function places() {
  if (platform === 'win32') {
    const bases = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean)
    const ends = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ]
    return bases.flatMap((base) => ends.map((end) => join(base, end)))
  }
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  return onPath('chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge')
}

/** What playwright downloaded itself at some time. */
function downloaded() {
  const cache = {
    win32: join(env.LOCALAPPDATA ?? '', 'ms-playwright'),
    darwin: join(homedir(), 'Library/Caches/ms-playwright'),
  }
  const base = env.PLAYWRIGHT_BROWSERS_PATH ?? cache[platform] ?? join(homedir(), '.cache', 'ms-playwright')
  if (!existsSync(base)) return []
  const ends = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ]
  const folders = readdirSync(base)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort()
    .reverse()
  return folders.flatMap((folder) => ends.map((end) => join(base, folder, end)))
}

/** Ubuntu's `chromium` may be a stub that only tells to install a snap: what does not answer is no browser. */
function answers(path) {
  if (!existsSync(path)) return false
  if (platform === 'win32') return true
  return spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 }).status === 0
}

export function findBrowser() {
  if (env.CHROME_PATH) return answers(env.CHROME_PATH) ? env.CHROME_PATH : null
  return [...places(), ...downloaded()].find(answers) ?? null
}

export function getBrowser() {
  const found = findBrowser()
  if (found) return found
  if (platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write('No browser here: installing the package chromium for the end-to-end tests…\n')
    const quiet = { stdio: 'ignore', timeout: 300_000, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } }
    const install = () =>
      spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet).status === 0
    if (!install()) {
      spawnSync('apt-get', ['update'], quiet)
      install()
    }
    const now = findBrowser()
    if (now) return now
  }
  process.stdout.write('No browser here: fetching Chromium for the end-to-end tests…\n')
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  spawnSync(ownNode, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 300_000, env: ownEnv() })
  return findBrowser()
}
