import { getTableColumns } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MANIFEST } from '../../shared/sync/manifest.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { syncedTables } from '../support/replay.ts'

/** Columns every device makes for itself: in the file, not in the log. */
const DERIVED: Record<string, string[]> = {
  party: ['name', 'name_sort', 'city', 'province', 'city_sort', 'phones', 'last_contact', 'next_contact', 'slips_on'],
  party_channel: ['key'],
  activity_party: ['at'],
  reminder: ['at'],
}

let ctx: TestCtx
beforeAll(async () => {
  ctx = await testCtx({ user: null, modules: [] })
})
afterAll(() => ctx.close())

test('no number of a table or field was ever reused or retyped', () => {
  const lines = MANIFEST.flatMap((t) =>
    t.fields.map((f) => `${t.id} ${t.name} (${t.kind}) ${f.id} ${f.name} ${f.type} ${JSON.stringify(f.merge)}`),
  )
  // Lines may be added to this snapshot and never change: devices and logs out there know fields by these numbers.
  expect(lines).toMatchSnapshot()
  expect(new Set(MANIFEST.map((t) => t.id)).size).toBe(MANIFEST.length)
  for (const t of MANIFEST) expect(new Set(t.fields.map((f) => f.id)).size, t.name).toBe(t.fields.length)
})

test('every synced table of the product is in the manifest', () => {
  expect([...syncedTables().keys()].sort()).toEqual(MANIFEST.map((t) => t.name).sort())
})

describe.each(MANIFEST.map((t) => [t.name, t] as const))('%s', (name, spec) => {
  test('the manifest names every column but pk, updated_at and the derived ones', () => {
    const columns = getTableColumns(syncedTables().get(name)!)
    const captured = Object.keys(columns).filter((c) => !['pk', 'updated_at', ...(DERIVED[name] ?? [])].includes(c))
    expect(spec.fields.map((f) => f.name).sort()).toEqual(captured.sort())
  })

  test('the drizzle table is the table of the migrated database', () => {
    const real = ctx.db.raw
      .prepare('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)')
      .all(name) as {
      name: string
      type: string
      notnull: number
      dflt_value: string | null
      pk: number
    }[]
    const declared = Object.values(getTableColumns(syncedTables().get(name)!)).map((c) => ({
      name: c.name,
      type: c.getSQLType().toUpperCase(),
      notnull: c.notNull && !c.primary,
      hasDefault: c.hasDefault && !c.primary,
    }))
    expect(declared).toEqual(
      real.map((c) => ({
        name: c.name,
        type: c.type,
        notnull: c.notnull === 1 && !c.pk,
        hasDefault: c.dflt_value !== null,
      })),
    )
    for (const field of spec.fields) {
      expect(field.type, field.name).toBe(real.find((c) => c.name === field.name)?.type.toLowerCase())
    }
    const strict = ctx.db.raw.prepare('SELECT strict FROM pragma_table_list(?)').get(name) as { strict: number }
    expect(strict.strict).toBe(1)
  })
})
