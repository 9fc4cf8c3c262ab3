import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { clientAs } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { dump, replay } from '../support/replay.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientAs(ctx, 'owner')
})
afterEach(() => ctx.close())

async function bring(text: string, each: (done: number) => unknown = () => {}) {
  const { id } = await client.imports.stage({ file: new File([text], 'a.csv') })
  const stop = ctx.live.listen(() => {
    const { done } = ctx.db.prepare('SELECT done FROM batch WHERE id = ?').get(id) as { done: number }
    each(done)
  })
  let last: object = {}
  for await (const step of await client.imports.run({ id, on_duplicate: 'skip' })) last = step
  stop()
  return { id, last }
}
const mobile = (i: number) => `0912${1_000_000 + i}`
const sound = async () => {
  expect((await client.system.check()).problems).toEqual([])
  expect(replay(ctx.db)).toEqual(dump(ctx.db))
}

describe('rows prepared beside the engine', () => {
  it('are what rows written one by one are: in the log, in the search, numbered in the order of the file', async () => {
    const rows = [
      `علی رضایی,${mobile(1)} 021-88776655,a@example.ir,شیراز,۱۳۶۰/۰۵/۰۲,عمده؛ ویژه,نمایشگاه,,یک «یادداشت» \\ "با نشانه"`,
      `زهرا کریمی,${mobile(2)},,,,عمده,نمایشگاه,شرکت آفتاب,`,
      `مینا ${'😀'.repeat(60)},${mobile(3)},,تهران,,,,,`,
      `علی رضایی,${mobile(1)},,,,دیگر,,,`,
      `رضا احمدی,${mobile(4)},,کرج,,عمده,دوست,,`,
    ].map((row) => row.replaceAll('"', '""').replace(/«([^»]*)»/, '«$1»'))
    const header = 'نام و نام خانوادگی,موبایل,ایمیل,شهر,تاریخ تولد,گروه,نحوه آشنایی,شرکت,یادداشت'
    const { id, last } = await bring(`${header}\n${rows.join('\n')}\n`)
    expect(last).toMatchObject({ state: 'done', added: 4, skipped: 1, failed: 0 })
    const names = ctx.db.prepare("SELECT name FROM party WHERE kind = 'person' ORDER BY pk").all() as { name: string }[]
    expect(names.map((p) => p.name.split(' ')[0])).toEqual(['علی', 'زهرا', 'مینا', 'رضا'])
    // Nobody came in who would wear it.
    expect((await client.customers.tags.list()).map((t) => t.name).sort()).toEqual(['عمده', 'ویژه'].sort())
    await sound()
    await client.imports.undo({ id })
    expect(ctx.db.prepare('SELECT count(*) AS n FROM party WHERE deleted = 0').get()).toEqual({ n: 0 })
    await sound()
  })

  it('are prepared anew when a colleague renames their group meanwhile', async () => {
    const group = (i: number) => (i < 700 ? 'عمده' : 'عمده؛ خرده')
    const rows = Array.from(
      { length: 1500 },
      (_, i) => `مشتری ${i},${mobile(i)},${group(i)},${i % 300 === 7 ? 'شرکت آفتاب' : ''}`,
    )
    let renamed: Promise<unknown> | null = null
    const { id } = await bring(`نام,موبایل,گروه,شرکت\n${rows.join('\n')}\n`, (done) => {
      if (done === 0 || renamed) return
      const tag = ctx.db.prepare('SELECT id FROM tag').get() as { id: string }
      renamed = client.customers.tags.update({ id: tag.id, name: 'کهنه' })
    })
    await renamed
    const groups = await client.customers.tags.list()
    expect(groups.map((t) => t.name).sort()).toEqual(['خرده', 'عمده', 'کهنه'].sort())
    expect(groups.every((t) => t.uses > 0)).toBe(true)
    expect(groups.reduce((sum, t) => sum + t.uses, 0)).toBe(1500 + 800)
    await sound()
    expect(readdirSync(join(ctx.folder, 'imports'))).not.toContain(id)
  })

  it('are taken back together, but not those that something was done with since', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => `مشتری ${i},${mobile(i)},شیراز,عمده`)
    const { id } = await bring(`نام خانوادگی,موبایل,شهر,گروه\n${rows.join('\n')}\n`)
    const idOf = (phone: string) =>
      (ctx.db.prepare('SELECT party_id AS id FROM party_channel WHERE key = ?').get(phone.slice(1)) as { id: string })
        .id
    const asked = idOf(mobile(10))
    await client.tasks.add({ title: 'پیگیری', party_id: asked })
    const called = await client.customers.get({ id: idOf(mobile(390)) })
    const channels = [
      ...called.channels.map(({ e164: _, ...channel }) => channel),
      { kind: 'phone', type: 'work', value: '021-88776655' } as const,
    ]
    await client.customers.update({ id: called.id, patch: { channels } })
    // Two customers, and the group they are in.
    expect(await client.imports.undo({ id })).toMatchObject({ restored: 400 * 5 - 10, kept_total: 3 })
    const left = ctx.db.prepare('SELECT id, phones, city FROM party WHERE deleted = 0 ORDER BY pk').all()
    expect(left).toEqual([
      { id: asked, phones: mobile(10).slice(1), city: 'شیراز' },
      { id: called.id, phones: `${mobile(390).slice(1)} 2188776655`, city: 'شیراز' },
    ])
    const living = (table: string) =>
      (ctx.db.prepare(`SELECT count(*) AS n FROM ${table} WHERE deleted = 0`).get() as { n: number }).n
    expect(['party_channel', 'party_address', 'party_role', 'party_tag'].map(living)).toEqual([3, 2, 2, 2])
    await sound()
  })
})
