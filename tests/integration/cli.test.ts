import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../main/cli/run.ts'
import { startWebHost } from '../../main/web/server.ts'
import { testEngine } from '../support/engine.ts'

const CLI = fileURLToPath(new URL('../../main/cli/daftar.ts', import.meta.url))
const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url))

let base = ''
let data = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'daftar-cli-'))
  data = join(base, 'data')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

interface Ended {
  code: number | null
  out: string
  err: string
  /** stdout as one JSON object. */
  json: Record<string, unknown>
}
/** The call in this process: starting one for each would be most of the time of this file. */
async function daftar(...args: string[]): Promise<Ended> {
  let out = ''
  let err = ''
  const code = await runCli([...args, '--data', data], {
    env: { DAFTAR_LANG: 'en' },
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err, json: jsonOf(args, out) }
}

/** The same as people start it. */
function daftarProcess(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, DAFTAR_LANG: 'en' }
    const child = spawn(process.execPath, [CLI, ...args, '--data', data], { env })
    let out = ''
    let err = ''
    child.stdout.on('data', (piece) => {
      out += piece
    })
    child.stderr.on('data', (piece) => {
      err += piece
    })
    child.on('close', (code) => resolve({ code, out, err, json: jsonOf(args, out) }))
  })
}

const jsonOf = (args: string[], out: string) =>
  args.includes('--json') ? (JSON.parse(out) as Record<string, unknown>) : {}

describe('the command line', () => {
  it('begins a book in an empty folder, says so, and finds and takes back what it added', async () => {
    const added = await daftarProcess(
      ...['add', '--name', 'علی رضایی', '--phone', '۰۹۱۲۳۴۵۶۷۸۹', '--city', 'کاشان', '--json'],
    )
    expect(added.code).toBe(0)
    expect(added.err).toContain('This folder was new')
    const found = (await daftar('search', 'رضایی')).out
    expect(found).toContain('0912 345 6789')
    expect(found).toContain('کاشان')
    const again = await daftar('add', '--name', 'مریم', '--phone', '09123456789', '--json')
    expect(again.json).toMatchObject({ ok: true, duplicates: [{ name: 'علی رضایی', why: ['phone'] }], warnings: [] })
    expect(again.err).toContain('May be in the book already: علی رضایی')
    const odd = await daftar('add', '--name', 'زهره', '--phone', '12', '--json')
    expect(odd.json).toMatchObject({ ok: true, warnings: [{ code: 'BAD_PHONE', value: '12' }] })
    const undone = await daftar('undo', String(added.json['change']), '--json')
    expect(undone).toMatchObject({ code: 0, json: { ok: true, command: 'undo' } })
    expect((await daftar('search', 'رضایی', '--json')).json).toMatchObject({ ok: true, count: 0 })
    const nothing = await daftar('undo', '999999', '--json')
    expect(nothing).toMatchObject({ code: 1, json: { ok: false, error: { code: 'NOT_FOUND' } } })
    expect(nothing.err.trim().split('\n')).toHaveLength(1)
  })

  it('imports a file, shows what did not come in, and undoes the whole import', async () => {
    const file = join(FIXTURES, 'accounting.csv')
    const dry = await daftar('import', file, '--dry-run', '--json')
    expect(dry.json).toMatchObject({ ok: true, total: 6, add: 4, skip: 1, bad: 1, warned: 2 })
    expect((dry.json.problems as Array<{ row: number; code: string }>).map((p) => [p.row, p.code])).toEqual([
      [5, 'NO_NAME_OR_PHONE'],
      [4, 'BAD_DATE'],
      [4, 'BAD_NUMBER'],
      [6, 'BAD_PHONE'],
    ])
    const done = await daftar('import', file, '--json')
    expect(done.json).toMatchObject({ ok: true, total: 6, added: 4, failed: 1, skipped: 1 })
    expect(await daftar('undo', String(done.json['id']))).toMatchObject({ code: 0 })
  })

  it('imports by a mapping and a choice of its own, and gives the rows back that did not come in', async () => {
    const file = join(base, 'own.csv')
    const repaired = join(base, 'bad.csv')
    writeFileSync(file, 'الف,ب,پ\nعلی رضایی,09121234567,\nعلی رضایی,09121234567,قم\n,,شیراز\n')
    const wrong = await daftar('import', file, '--map', 'City=ت', '--json')
    expect(wrong).toMatchObject({ code: 1, json: { ok: false, error: { code: 'noColumn' } } })
    const own = ['--map', 'full_name=الف', '--map', 'Mobile=2', '--map', 'city=پ']
    const done = await daftar('import', file, ...own, '--on-duplicate', 'fill', '--report', repaired, '--json')
    expect(done.json).toMatchObject({ ok: true, added: 1, filled: 1, failed: 1, report: { path: repaired, rows: 1 } })
    expect(readFileSync(repaired, 'utf8')).toMatch(/^\ufeffالف,ب,پ,Reason\r\n,,شیراز,\S/)
    // The next file like it needs no words.
    expect((await daftar('import', repaired, '--dry-run', '--json')).json).toMatchObject({
      mapping: ['full_name', 'mobile', 'city', null],
      remembered: true,
    })
    const undone = await daftar('undo', String(done.json['id']), '--json')
    expect(undone.json).toMatchObject({ ok: true, kept: 0 })
    expect((await daftar('search', 'رضایی', '--json')).json).toMatchObject({ count: 0 })
  })

  it('seeds and finds the book sound', async () => {
    expect((await daftar('seed', '--customers', '120', '--seed', '5', '--json')).json).toMatchObject({
      ok: true,
      customers: 120,
    })
    const check = await daftar('check', '--json')
    expect(check).toMatchObject({ code: 0, json: { ok: true, problems: [], counts: { party: 120 } } })
  })

  it.each([
    [['add', '--name', ''], 'needsName'],
    [['undo', 'zzz'], 'needsId'],
    [['import', FIXTURES], 'isFolder'],
    [['import', join(FIXTURES, 'accounting.csv'), '--on-duplicate', 'guess'], 'onDuplicate'],
    [['fly'], 'USAGE'],
    [['import', 'nowhere.csv'], 'fileMissing'],
    [['seed', '--customers', '-5'], 'needsNumber'],
  ])('%j ends with a code, one sentence and one object', async (args, code) => {
    const ended = await daftar(...args, '--json')
    expect(ended.code).toBe(1)
    expect(ended.err.trim().split('\n')).toHaveLength(1)
    expect(ended.json).toMatchObject({ ok: false, error: { code } })
    expect(existsSync(data)).toBe(false)
  })
})

describe('a call that is wrong', () => {
  it('ends its process with the code, one sentence and one object', async () => {
    const ended = await daftarProcess('fly', '--json')
    expect(ended).toMatchObject({ code: 1, json: { ok: false, error: { code: 'USAGE' } } })
    expect(ended.err.trim().split('\n')).toHaveLength(1)
  })
})

describe('a folder that cannot be opened', () => {
  it('that is not there: says so and makes nothing', async () => {
    const ended = await daftarProcess('search', 'علی', '--json')
    expect(ended).toMatchObject({ code: 2, json: { ok: false, error: { code: 'FOLDER_MISSING' } } })
    expect(existsSync(data)).toBe(false)
  })

  it('with a file that is no book: says so and leaves the file alone', async () => {
    mkdirSync(data)
    writeFileSync(join(data, 'daftar.db'), 'hello, this is a letter and no database at all'.repeat(50))
    const ended = await daftar('check')
    expect(ended.code).toBe(2)
    expect(ended.err).toContain('not a book of Daftar')
  })

  it('with a book of a newer version', async () => {
    await daftar('add', '--name', 'الف')
    const db = new Database(join(data, 'daftar.db'))
    db.pragma('user_version = 9999')
    db.close()
    expect(await daftar('search', 'الف', '--json')).toMatchObject({
      code: 2,
      json: { error: { code: 'NEWER_DATABASE' } },
    })
  })
})

describe('beside a running Daftar', () => {
  it('sends its call there, and the windows of it see the change', async () => {
    const engine = testEngine({ folder: data, createParents: true, host: { kind: 'web' } })
    const connect = () => {
      const { port1, port2 } = new MessageChannel()
      engine.connect(port2)
      return port1
    }
    const host = await startWebHost({ engine: { connect, client: engine.client }, screen: base, port: 0 })
    try {
      engine.announce({ address: host.origin, token: host.token })
      const client = engine.client()
      await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })
      expect((await daftarProcess('add', '--name', 'زهرا کریمی', '--json')).json).toMatchObject({
        ok: true,
        duplicates: [],
        warnings: [],
      })
      expect((await client.search.all({ text: 'کریمی' })).customers).toHaveLength(1)
      const imported = await daftar('import', join(FIXTURES, 'iphone-3.0.vcf'), '--json')
      expect(imported.json).toMatchObject({ ok: true, added: 2 })
      expect(await daftar('seed', '--customers', '1', '--json')).toMatchObject({
        code: 1,
        json: { error: { code: 'needsClosed' } },
      })
    } finally {
      await host.close()
      engine.close()
    }
  })

  it('that leaves no address behind: says that the book is open elsewhere', async () => {
    const engine = testEngine({ folder: data, createParents: true, host: { kind: 'desktop' } })
    expect(await daftar('search', 'الف', '--json')).toMatchObject({ code: 2, json: { error: { code: 'LOCKED' } } })
    engine.close()
  })
})
