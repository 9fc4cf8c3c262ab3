import { afterEach, expect, test } from 'vitest'
import { addParty, change, type Device, rowsOf, world } from './client-world.ts'

type World = Awaited<ReturnType<typeof world>>
let w: World
afterEach(() => w.close())

test('what one book writes comes to the other, with whoever wrote it', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'کریمی')
  w.advance(1000)
  const s = await a.sync()
  expect(s).toMatchObject({ waiting: 0, stopped: null, trouble: null })
  await b.sync()
  expect(rowsOf(b, 'party')).toMatchObject([{ id, last_name: 'کریمی' }])
  const log = b.ctx.db.raw
    .prepare('SELECT t.user, t.verb, t.site FROM change c JOIN change_tx t ON t.tx = c.tx WHERE c.tbl = 1')
    .all()
  expect(log).toMatchObject([{ user: a.ctx.user!.id, verb: 'sync.received' }])
  change(b, id, { last_name: 'کریمیان' })
  await b.sync()
  await a.sync()
  expect(rowsOf(a, 'party')).toMatchObject([{ last_name: 'کریمیان' }])
  expect(rowsOf(a, 'user')).toEqual(rowsOf(b, 'user'))
  expect([a, b].map((d) => d.ctx.errors)).toEqual([[], []])
})
