import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultFolder, readOwner, takeFolder } from '../../main/db/folder.ts'
import { TroubleError } from '../../main/db/trouble.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'daftar-folder-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function trouble(run: () => unknown): TroubleError {
  try {
    run()
  } catch (error) {
    if (error instanceof TroubleError) return error
    throw error
  }
  throw new Error('no trouble')
}

/** Another process that takes the folder, says so, and waits. */
async function otherOwner(dir: string) {
  const code = `
    const { takeFolder } = await import(${JSON.stringify(new URL('../../main/db/folder.ts', import.meta.url).href)})
    const owned = takeFolder(${JSON.stringify(dir)}, 5)
    owned.announce({ address: 'http://127.0.0.1:4321', token: 'secret' })
    console.log('taken')
    // Whom nobody knows any more is collected, and its lock with it.
    setInterval(() => owned, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

test('a folder has one owner, and a second start learns where the first one listens', async () => {
  const child = await otherOwner(root)
  try {
    const error = trouble(() => takeFolder(root, 1))
    expect(error.trouble.code).toBe('LOCKED')
    expect(error.owner).toEqual({ pid: child.pid, startedAt: 5, address: 'http://127.0.0.1:4321', token: 'secret' })
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

test('the folder of a killed process is free at once', async () => {
  const child = await otherOwner(root)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(readOwner(root)?.pid).toBe(child.pid)
  const owned = takeFolder(root, 9)
  expect(readOwner(root)).toEqual({ pid: process.pid, startedAt: 9 })
  owned.release()
})

test('a lock file left behind under the number of a living process does not lock', () => {
  writeFileSync(
    join(root, 'daftar.lock'),
    JSON.stringify({ pid: process.pid, startedAt: 1, address: 'http://127.0.0.1:1' }),
  )
  takeFolder(root, 2).release()
})

test('a broken lock file does not lock', () => {
  writeFileSync(join(root, 'daftar.lock'), '{"pid":')
  takeFolder(root, 2).release()
})

test('two engines of one process do not share a folder, and release gives it back', () => {
  const first = takeFolder(root, 1)
  expect(trouble(() => takeFolder(root, 1)).trouble.code).toBe('LOCKED')
  first.release()
  first.release()
  expect(existsSync(join(root, 'daftar.lock'))).toBe(false)
  takeFolder(root, 1).release()
})

test.skipIf(process.platform === 'win32')('only this user can read the lock file, which holds the session', () => {
  const owned = takeFolder(root, 1)
  owned.announce({ address: 'http://127.0.0.1:1', token: 't' })
  expect(statSync(join(root, 'daftar.lock')).mode & 0o777).toBe(0o600)
  owned.release()
})

test('a new folder is made, but never on a drive that is not there', () => {
  const owned = takeFolder(join(root, 'book'), 1)
  expect(owned.file).toBe(join(root, 'book', 'daftar.db'))
  owned.release()
  expect(trouble(() => takeFolder(join(root, 'gone', 'book'), 1)).trouble.code).toBe('FOLDER_MISSING')
  expect(existsSync(join(root, 'gone'))).toBe(false)
  writeFileSync(join(root, 'file'), '')
  expect(trouble(() => takeFolder(join(root, 'file'), 1)).trouble.code).toBe('FOLDER_MISSING')
})

test('each system has its own place for the book', () => {
  expect(defaultFolder('win32', { APPDATA: 'C:/A' }, 'C:/H')).toBe(join('C:/A', 'Daftar'))
  expect(defaultFolder('darwin', {}, '/Users/m')).toBe('/Users/m/Library/Application Support/Daftar')
  expect(defaultFolder('linux', {}, '/home/m')).toBe('/home/m/.local/share/Daftar')
  expect(defaultFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/m')).toBe('/data/Daftar')
})
