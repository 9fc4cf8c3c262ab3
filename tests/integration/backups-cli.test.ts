import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCli } from '../../main/cli/run.ts'
import { openDb } from '../../main/db/open.ts'

let base: string
let data: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'daftar-backup-cli-'))
  data = join(base, 'data')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

interface Answer {
  ok: boolean
  files: string[]
  present: string
  kept: string
  counts: Record<string, number>
}

async function daftar(...args: string[]) {
  let out = ''
  let err = ''
  const streams = {
    env: { DAFTAR_LANG: 'en' },
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
  }
  const code = await runCli([...args, '--json', '--data', data], streams)
  return { code, err, json: JSON.parse(out) as Answer }
}
const add = (name: string) => daftar('add', '--name', name)
const customers = async () => (await daftar('check')).json.counts['party']

test('backup makes a checked copy, also into a folder that is named; restore brings it back and keeps the present', async () => {
  await add('Karimi')
  const made = await daftar('backup')
  expect(made).toMatchObject({ code: 0, json: { ok: true, failed: [] } })
  const [file] = made.json.files
  const stick = join(base, 'stick')
  mkdirSync(stick)
  const there = await daftar('backup', stick)
  expect(there.json.files).toEqual([join(stick, readdirSync(stick)[0]!)])
  await add('Rezaei')
  const back = await daftar('restore', file!)
  expect(back).toMatchObject({ code: 0, json: { customers: 1, kept: null } })
  expect(await customers()).toBe(1)
  expect(await daftar('restore', back.json.present)).toMatchObject({ code: 0, json: { customers: 2 } })
})

test('restore works in an empty folder, as on a new PC', async () => {
  await add('Karimi')
  const { json } = await daftar('backup')
  data = join(base, 'new')
  expect(await daftar('restore', json.files[0]!)).toMatchObject({ code: 0, json: { customers: 1, present: null } })
  expect(await customers()).toBe(1)
})

test('restore works over a book that does not open, and keeps it', async () => {
  await add('Karimi')
  const { json } = await daftar('backup')
  writeFileSync(join(data, 'daftar.db'), 'torn '.repeat(2000))
  expect((await daftar('check')).code).toBe(2)
  const back = await daftar('restore', json.files[0]!)
  expect(back).toMatchObject({ code: 0, json: { customers: 1 } })
  expect(readFileSync(join(back.json.kept, 'daftar.db'), 'utf8')).toContain('torn')
})

test.each([
  [['restore'], 'needsCopy'],
  [['restore', '/nowhere.db'], 'fileMissing'],
  [['backup', '/nowhere/at/all'], 'BAD_FOLDER'],
])('%s says what is wrong and leaves everything as it was', async (args, code) => {
  await add('Karimi')
  expect(await daftar(...args)).toMatchObject({ code: 1, json: { ok: false, error: { code } } })
  expect(await customers()).toBe(1)
})

test('a folder without its book is not called missing, and its backups are named', async () => {
  mkdirSync(data)
  const empty = await daftar('check')
  expect(empty).toMatchObject({ code: 2, json: { ok: false, error: { code: 'noBook' } } })
  expect(empty.err).toContain('There is no book in the folder')
  await add('Karimi')
  const { json } = await daftar('backup')
  for (const end of ['', '-wal', '-shm']) rmSync(join(data, `daftar.db${end}`), { force: true })
  const gone = await daftar('check')
  expect(gone).toMatchObject({ code: 2, json: { error: { code: 'noBookCopies' } } })
  expect(gone.err).toContain(`restore ${json.files[0]}`)
  expect(existsSync(join(data, 'daftar.db'))).toBe(false)
  expect(await daftar('restore', json.files[0]!)).toMatchObject({ code: 0, json: { customers: 1 } })
})

test('a backup of a newer version is refused by that reason, before the present book is copied', async () => {
  await add('Karimi')
  const [file] = (await daftar('backup')).json.files
  const copy = openDb(file!)
  copy.raw.pragma('user_version = 900')
  copy.raw.pragma('journal_mode = DELETE')
  copy.close()
  for (let n = 0; n < 2; n++) {
    const refused = await daftar('restore', file!)
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'BAD_COPY', data: { why: 'newer' } } } })
    expect(refused.err).toContain('newer version')
  }
  expect(readdirSync(join(data, 'backups'))).toHaveLength(1)
  data = join(base, 'new')
  expect((await daftar('restore', file!)).err).toContain('newer version')
})

test('a file that is no backup is refused, and no book begins because of it', async () => {
  const file = join(base, 'letter.txt')
  writeFileSync(file, 'Dear friend')
  expect(await daftar('restore', file)).toMatchObject({ code: 1, json: { error: { code: 'BAD_COPY' } } })
  expect(existsSync(join(data, 'daftar.db'))).toBe(false)
})
