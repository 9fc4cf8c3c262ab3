import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { finishSwap, preparedFile, swapBack, swapIn } from '../../main/db/backup-swap.ts'

const NOW = Date.UTC(2026, 10, 22, 6)
const KEPT = 'kept/daftar-1405-09-01-0930'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftar-swap-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}
/** Every file in the folder with what is in it. */
function files(below = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(folder, below), { withFileTypes: true }).map((entry) => {
      const name = below ? `${below}/${entry.name}` : entry.name
      return entry.isDirectory() ? files(name) : { [name]: readFileSync(join(folder, name), 'utf8') }
    }),
  )
}
const old = { 'daftar.db': 'old', 'daftar.db-wal': 'old wal', 'daftar.db-shm': 'old shm' }
const done = { 'daftar.db': 'new', [`${KEPT}/daftar.db`]: 'old', [`${KEPT}/daftar.db-wal`]: 'old wal' }
const intent = JSON.stringify({ from: 'daftar.db.new', kept: KEPT })

test('the new book is in place, the old one is kept with its -wal, and nothing else is left', () => {
  put({ ...old, 'daftar.db.new': 'new' })
  expect(swapIn(folder, NOW)).toBe(join(folder, KEPT))
  expect(files()).toEqual(done)
  // A second one of the same minute is kept beside the first.
  put({ 'daftar.db.new': 'newer' })
  expect(swapIn(folder, NOW)).toBe(join(folder, `${KEPT}-2`))
  expect(files()).toMatchObject({ 'daftar.db': 'newer', [`${KEPT}-2/daftar.db`]: 'new' })
})

test('where there was no book nothing is kept', () => {
  put({ 'daftar.db.new': 'new' })
  expect(swapIn(folder, NOW)).toBeNull()
  expect(files()).toEqual({ 'daftar.db': 'new' })
})

test.each([
  ['right after the decision', { ...old, 'daftar.db.new': 'new' }],
  [
    'between the book and its -wal',
    { 'daftar.db-wal': 'old wal', [`${KEPT}/daftar.db`]: 'old', 'daftar.db.new': 'new' },
  ],
  [
    'before the new one is in place',
    { [`${KEPT}/daftar.db`]: 'old', [`${KEPT}/daftar.db-wal`]: 'old wal', 'daftar.db.new': 'new' },
  ],
  ['after it is in place', done],
])('cut off %s, the next start finishes it, once', (_, left) => {
  put({ ...left, 'daftar.swap': intent })
  expect(finishSwap(folder)).toBe(true)
  expect(files()).toEqual(done)
  expect(finishSwap(folder)).toBe(false)
  expect(files()).toEqual(done)
})

test('cut off before the decision, the old book is as it was and the half-made new one goes', () => {
  put({ ...old, 'daftar.db.new': 'ne', 'daftar.db.new-wal': 'x', 'daftar.swap.part': intent.slice(0, 9) })
  expect(finishSwap(folder)).toBe(false)
  expect(files()).toMatchObject(old)
  expect(existsSync(preparedFile(folder))).toBe(false)
})

test('a kept book comes back with its -wal, and the one that took its place goes', () => {
  put({ ...old, 'daftar.db.new': 'new' })
  const kept = swapIn(folder, NOW)!
  put({ 'daftar.db-wal': 'new wal' })
  swapBack(folder, kept)
  expect(files()).toEqual({ 'daftar.db': 'old', 'daftar.db-wal': 'old wal' })
})

test.each([
  ['the book was brought back', { 'daftar.db': 'old', [`${KEPT}/daftar.db-wal`]: 'old wal' }],
  [
    'nothing was moved',
    {
      'daftar.db': 'new',
      'daftar.db-wal': 'new wal',
      [`${KEPT}/daftar.db`]: 'old',
      [`${KEPT}/daftar.db-wal`]: 'old wal',
    },
  ],
])('coming back cut off when %s is finished too, never with the -wal of the other', (_, left) => {
  put({ ...left, 'daftar.swap': JSON.stringify({ from: `${KEPT}/daftar.db`, kept: null }) })
  expect(finishSwap(folder)).toBe(true)
  expect(files()).toEqual({ 'daftar.db': 'old', 'daftar.db-wal': 'old wal' })
})

test.each([
  ['reaches out of the data folder', JSON.stringify({ from: '../other.db', kept: '../../elsewhere' })],
  ['cannot be read', '{"from":'],
])('a decision that %s keeps the old book all the same', (_, text) => {
  put({ ...old, 'daftar.db.new': 'new', 'daftar.swap': text })
  finishSwap(folder)
  expect(files()).toEqual({
    'daftar.db': 'new',
    'kept/unknown/daftar.db': 'old',
    'kept/unknown/daftar.db-wal': 'old wal',
  })
})
