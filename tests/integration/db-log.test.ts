import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkLog } from '../../main/db/check-log.ts'
import { write } from '../../main/db/write.ts'
import { MANIFEST, type TableSpec } from '../../shared/sync/manifest.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { dump, replay } from '../support/replay.ts'

let ctx: TestCtx
beforeEach(async () => {
  ctx = await testCtx({ modules: [] })
})
afterEach(() => ctx.close())

type Values = Record<string, string | number | null>

const TABLES = ['party', 'party_channel', 'party_tag', 'activity', 'setting'].map(
  (name) => MANIFEST.find((t) => t.name === name)!,
)
const nastyText = fc.oneof(
  fc.constantFrom(
    '',
    '"',
    '\\',
    "'",
    'null',
    '[null]',
    '{"1":[2]}',
    'علی‌پور',
    'ي\u200cك',
    '\n\t\u0001',
    '😀',
    '0',
    '1',
    'a\u2028b',
    ']},"3":[1',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)
const nastyInteger = fc.oneof(fc.constantFrom(0, 1, -1, 4_294_967_296, 9_007_199_254_740_991), fc.integer())

function nullable(table: TableSpec, column: string): boolean {
  const info = ctx.db.raw
    .prepare('SELECT "notnull" AS n FROM pragma_table_info(?) WHERE name = ?')
    .get(table.name, column)
  return (info as { n: number }).n === 0
}

function valuesOf(table: TableSpec): fc.Arbitrary<Values> {
  const arbitraries: Record<string, fc.Arbitrary<string | number | null>> = {}
  for (const field of table.fields) {
    if (field.name === 'id') continue
    if (field.name === 'deleted') arbitraries[field.name] = fc.constantFrom(0, 1)
    else {
      const value: fc.Arbitrary<string | number> = field.type === 'text' ? nastyText : nastyInteger
      arbitraries[field.name] = nullable(table, field.name) ? fc.option(value, { nil: null }) : value
    }
  }
  return fc.record(arbitraries)
}

/** One statement that a module, an import or a careless query could run. */
const statement = () =>
  fc.constantFrom(...TABLES).chain((table) =>
    fc.record({
      table: fc.constant(table),
      kind: fc.constantFrom('insert', 'insert', 'update', 'upsert', 'bulk', 'copy', 'touch', 'derived'),
      which: fc.nat(7),
      values: valuesOf(table),
      columns: fc.uniqueArray(fc.constantFrom(...table.fields.filter((f) => f.name !== 'id').map((f) => f.name)), {
        minLength: 1,
        maxLength: 5,
      }),
    }),
  )
type Statement = ReturnType<typeof statement> extends fc.Arbitrary<infer S> ? S : never

function run(s: Statement): void {
  const { raw } = ctx.db
  const table = s.table.name
  const id = `${table}-${s.which}`
  const columns = Object.keys(s.values)
  const all = ['id', 'updated_at', ...columns]
  const insert = `INTO "${table}" (${all.map((c) => `"${c}"`).join(', ')}) VALUES (${all.map(() => '?').join(', ')})`
  const given = [id, 1, ...columns.map((c) => s.values[c])]
  const set = s.columns.map((c) => `"${c}" = ?`).join(', ')
  const changed = s.columns.map((c) => s.values[c])
  if (s.kind === 'insert') raw.prepare(`INSERT OR IGNORE ${insert}`).run(...given)
  if (s.kind === 'update') raw.prepare(`UPDATE "${table}" SET ${set}, updated_at = 2 WHERE id = ?`).run(...changed, id)
  if (s.kind === 'upsert')
    raw.prepare(`INSERT ${insert} ON CONFLICT (id) DO UPDATE SET ${set}`).run(...given, ...changed)
  if (s.kind === 'bulk') raw.prepare(`UPDATE "${table}" SET ${set}`).run(...changed)
  if (s.kind === 'copy')
    raw
      .prepare(
        `INSERT OR IGNORE INTO "${table}" (id, updated_at, ${columns.map((c) => `"${c}"`).join(', ')}) SELECT id || '-copy', 3, ${columns.map((c) => `"${c}"`).join(', ')} FROM "${table}" LIMIT 5`,
      )
      .run()
  if (s.kind === 'touch') raw.prepare(`UPDATE "${table}" SET updated_at = updated_at + 1, deleted = deleted`).run()
  if (s.kind === 'derived' && table === 'party')
    raw.prepare("UPDATE party SET name = 'x', phones = '912', city = NULL").run()
}

const savepoint = () =>
  fc.record({ statements: fc.array(statement(), { maxLength: 5 }), outcome: fc.constantFrom('keep', 'rollback to') })
const transaction = () =>
  fc.record({ parts: fc.array(savepoint(), { minLength: 1, maxLength: 3 }), fails: fc.boolean() })

test('whatever is written, replaying the log on nothing gives the same tables', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(transaction(), { minLength: 1, maxLength: 5 }), async (transactions) => {
      for (const { parts, fails } of transactions) {
        const before = fails ? dump(ctx.db) : null
        try {
          write(ctx, 'test.random', () => {
            for (const part of parts) {
              ctx.db.raw.exec('SAVEPOINT s')
              for (const s of part.statements) run(s)
              if (part.outcome === 'rollback to') ctx.db.raw.exec('ROLLBACK TO s')
              ctx.db.raw.exec('RELEASE s')
            }
            if (fails) throw new Error('planned')
          })
        } catch (error) {
          if ((error as Error).message !== 'planned') throw error
          expect(dump(ctx.db)).toEqual(before)
        }
      }
      expect(replay(ctx.db)).toEqual(dump(ctx.db))
      expect((await checkLog(ctx)).problems).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('only what changed is logged, and of nothing nothing', () => {
  const id = write(ctx, 'test.add', () => {
    ctx.db.raw.exec(
      "INSERT INTO party (id, created_at, updated_at, kind, first_name) VALUES ('p', 1, 1, 'person', 'علی')",
    )
    return 'p'
  })
  const logged = () =>
    ctx.db.raw.prepare('SELECT kind, f FROM change WHERE tbl = 1 ORDER BY seq').all() as { kind: number; f: string }[]
  expect(logged()).toEqual([{ kind: 1, f: '{"1":["p"],"2":[1],"10":["person"],"12":["علی"],"25":[0]}' }])
  const set = (sql: string) =>
    write(ctx, 'test.set', () => void ctx.db.raw.prepare(`UPDATE party SET ${sql} WHERE id = ?`).run(id))
  set("updated_at = 9, first_name = 'علی', name = 'علی', phones = '912'")
  expect(logged()).toHaveLength(1)
  set("first_name = NULL, last_name = 'کریمی', credit_limit = 5, updated_at = 10")
  expect(logged()[1]).toEqual({ kind: 2, f: '{"12":[null],"13":["کریمی"],"24":[5]}' })
})

test.each(MANIFEST.map((t) => t.name))(
  'a write to %s outside db/write aborts, also of derived columns and when nothing differs',
  (name) => {
    const spec = MANIFEST.find((t) => t.name === name)!
    const columns = spec.fields.filter((f) => f.id > 3 && !nullable(spec, f.name))
    const sql = `INSERT INTO "${name}" (id, created_at, updated_at${columns.map((c) => `, "${c.name}"`).join('')}) VALUES ('x', 1, 1${columns.map((c) => (c.type === 'text' ? ", 'v'" : ', 1')).join('')})`
    const outside = /write outside db\/write/
    expect(() => ctx.db.raw.exec(sql)).toThrow(outside)
    write(ctx, 'test.add', () => void ctx.db.raw.exec(sql))
    expect(() => ctx.db.raw.exec(`UPDATE "${name}" SET updated_at = 5`)).toThrow(outside)
    expect(() => ctx.db.raw.exec(`UPDATE "${name}" SET deleted = deleted`)).toThrow(outside)
    expect(() => ctx.db.raw.exec(`DELETE FROM "${name}"`)).toThrow(/deleting is the flag/)
    expect(() => write(ctx, 'test.x', () => void ctx.db.raw.exec(`DELETE FROM "${name}" WHERE id = 'x'`))).toThrow(
      /deleting is the flag/,
    )
    expect(() => write(ctx, 'test.x', () => void ctx.db.raw.exec(sql.replace('INSERT', 'INSERT OR REPLACE')))).toThrow(
      /deleting is the flag/,
    )
    expect(() =>
      write(ctx, 'test.x', () => void ctx.db.raw.exec(`UPDATE "${name}" SET id = 'y' WHERE id = 'x'`)),
    ).toThrow(/identity/)
    expect(replay(ctx.db)).toEqual(dump(ctx.db))
  },
)

test('rebuilding derived data can switch capture off, and the next transaction has it on again', () => {
  write(
    ctx,
    'test.add',
    () => void ctx.db.raw.exec("INSERT INTO tag (id, created_at, updated_at, name) VALUES ('t', 1, 1, 'الف')"),
  )
  const count = () => (ctx.db.raw.prepare('SELECT count(*) AS n FROM change').get() as { n: number }).n
  const before = count()
  write(
    ctx,
    'test.rebuild',
    () => void ctx.db.raw.exec('UPDATE change_context SET capture = 0; UPDATE tag SET updated_at = 7'),
  )
  expect(count()).toBe(before)
  write(ctx, 'test.set', () => void ctx.db.raw.exec("UPDATE tag SET name = 'ب'"))
  expect(count()).toBe(before + 1)
})

test('check finds a row changed behind the log, one the log does not know, and one that is gone', async () => {
  write(ctx, 'test.add', () => {
    for (const i of [1, 2, 3])
      ctx.db.raw.exec(`INSERT INTO tag (id, created_at, updated_at, name) VALUES ('t${i}', 1, 1, 'الف')`)
  })
  expect((await checkLog(ctx)).problems).toEqual([])
  ctx.db.raw.exec(
    'DROP TRIGGER change_log_tag_update; DROP TRIGGER change_log_tag_insert; DROP TRIGGER change_log_tag_delete',
  )
  ctx.db.raw.exec("UPDATE tag SET name = 'ب' WHERE id = 't1'; DELETE FROM tag WHERE id = 't2'")
  ctx.db.raw.exec("INSERT INTO tag (id, created_at, updated_at, name) VALUES ('t9', 1, 1, 'ج')")
  const { problems } = await checkLog(ctx)
  expect(problems.map((p) => [p.code, p.count, p.sample]).sort()).toEqual([
    ['LOG_FIELD_DIFFERS', 1, 'tag/1 name'],
    ['LOG_ROW_MISSING', 1, 'tag/2'],
    ['LOG_ROW_UNLOGGED', 1, 'tag/4'],
  ])
})

test('no code replaces rows of a synced table: a replace is a delete, which the log does not know', () => {
  const synced = new Set(MANIFEST.map((t) => t.name))
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const files = globSync(['main/**/*.{ts,sql}', 'scripts/**/*.mjs'], { cwd: root })
  expect(files.length).toBeGreaterThan(20)
  const replaced = files.flatMap((file) =>
    [...readFileSync(root + file, 'utf8').matchAll(/\bREPLACE\s+INTO\s+"?(\w+|\$)/gi)]
      .filter((m) => synced.has(m[1]!) || m[1] === '$')
      .map((m) => `${file}: ${m[0]}`),
  )
  expect(replaced).toEqual([])
})
