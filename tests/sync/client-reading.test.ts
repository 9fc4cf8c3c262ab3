import { expect, test } from 'vitest'
import { checkLog } from '../../main/db/check-log.ts'
import { addParty, change, rowsOf, same, settle, world } from './client-world.ts'

test('a row that the disk forgot is back within a day, also where the clock was years ahead once', async () => {
  const w = await world()
  const [a, b] = await w.together(2)
  addParty(a!, 'یک')
  await settle(a!, b!)
  b!.skew.ms = 10 * 365 * 86_400_000
  await settle(b!)
  b!.skew.ms = 0
  await settle(b!)
  b!.ctx.db.raw.exec(`BEGIN; UPDATE change_context SET tx = 0, capture = 2; DELETE FROM party; DELETE FROM change;
    DELETE FROM sync_row WHERE tbl = 1; UPDATE change_context SET tx = NULL, capture = 1; COMMIT`)
  expect(rowsOf(b!, 'party')).toEqual([])
  w.advance(25 * 3_600_000)
  await settle(b!)
  expect(rowsOf(b!, 'party')).toEqual(rowsOf(a!, 'party'))
  expect(b!.ctx.errors).toMatchObject([['sync.digest', expect.anything()]])
  w.close()
})

test('what was sent stays before the eyes while a reading that was broken off goes on', async () => {
  const w = await world()
  const [a, b] = await w.together(2)
  const id = addParty(b!, 'یک')
  await settle(b!, a!)
  change(b!, id, { about: 'از ب' })
  for (const name of ['دو', 'سه', 'چهار']) addParty(b!, name)
  await settle(b!)
  const shown: unknown[] = []
  const point = (at: string) => {
    if (at === 'page kept' && a!.net.calls.length === 1) a!.net.online = false
    if (at === 'page applied') shown.push(rowsOf(a!, 'party').find((p) => p['id'] === id))
  }
  Object.assign(a!.parts, { sizes: { ops: 10, page: 1, whole: 2 }, point })
  a!.net.calls.length = 0
  await a!.sync()
  expect(shown).toEqual([])
  a!.net.online = true
  change(a!, id, { first_name: 'از الف' })
  await settle(a!, b!)
  expect(shown.length).toBeGreaterThan(0)
  for (const row of shown) expect(row).toMatchObject({ first_name: 'از الف' })
  await same(a!, b!)
  w.close()
})

test('many new rows come in at once with the log their writers made, and one that cannot be written keeps no other out', async () => {
  const w = await world()
  const [a] = await w.together(1)
  const ids = Array.from({ length: 60 }, (_, n) => addParty(a!, `نام "${n}" \\ \n\u0001\u2028`))
  change(a!, ids[7]!, { about: 'بعدها' })
  await settle(a!)
  const b = await w.device({ user: null })
  const [first, ...rest] = ids
  b.ctx.db.raw.exec(
    `CREATE TEMP TRIGGER no BEFORE INSERT ON party WHEN NEW.id = '${ids[30]}' BEGIN SELECT RAISE(ABORT, 'no'); END`,
  )
  await b.join(await w.invite(a!))
  const lines = (pc: typeof b, id: string) =>
    pc.ctx.db
      .prepare(
        'SELECT c.kind, c.f, t.hlc, t.user FROM change c JOIN change_tx t ON t.tx = c.tx JOIN party p ON p.pk = c.row WHERE c.tbl = 1 AND p.id = ? ORDER BY c.seq',
      )
      .all(id)
  expect(lines(b, first!)).toHaveLength(1)
  for (const id of rest) expect(lines(b, id)).toEqual(id === ids[30] ? [] : lines(a!, id))
  expect((await checkLog(b.ctx)).problems).toEqual([])
  expect(b.ctx.errors).toMatchObject([['sync.row', expect.anything()]])
  w.close()
})
