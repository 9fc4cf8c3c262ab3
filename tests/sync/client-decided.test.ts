import { afterEach, expect, test } from 'vitest'
import { write } from '../../main/db/write.ts'
import { conflictList } from '../../main/modules/sync/told.ts'
import { resolveConflict } from '../../main/sync/conflicts.ts'
import { addParty, change, type Device, rowsOf, same, settle, world } from './client-world.ts'

type World = Awaited<ReturnType<typeof world>>
let w: World
afterEach(() => w.close())

/** When the backup was made that is put back, by a place in `backups`; who comes first: 0 the one who answered. */
test.each([
  ['before both had written', 'the other', 0, 1],
  ['after they were asked', 'the one who answered', 2, 0],
  ['after they were asked', 'the other', 2, 1],
])(
  'what was answered is not asked again when the server goes back to %s and %s comes first',
  async (_, __, when, first) => {
    w = await world()
    const [a, b] = (await w.together(2)) as [Device, Device]
    const id = addParty(a, 'یک')
    await settle(a, b)
    const backups = [w.store.snapshot()]
    w.advance(1000)
    change(a, id, { last_name: 'از الف' })
    w.advance(1000)
    change(b, id, { last_name: 'از ب' })
    await a.sync()
    backups.push(w.store.snapshot())
    await settle(a, b)
    backups.push(w.store.snapshot())
    w.advance(1000)
    const [asked] = conflictList(a.ctx.db, 10).items
    write(a.ctx, 'sync.keep', (tx) => resolveConflict(tx, asked!.id, 'lose'))
    await settle(a, b)
    expect(conflictList(b.ctx.db, 10).total).toBe(0)
    w.store.restore(backups[when]!)
    w.advance(1000)
    await settle(...(first === 0 ? [a, b] : [b, a]))
    await same(a, b)
    expect(rowsOf(a, 'party')).toMatchObject([{ last_name: 'از الف' }])
    for (const d of [a, b]) expect(conflictList(d.ctx.db, 10).items).toEqual([])
  },
)

test('deleted, brought back and deleted again, against edits of different moments elsewhere, is one question', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await settle(a, b)
  for (const values of [{ first_name: 'سارا' }, { last_name: 'دو' }]) {
    w.advance(1000)
    change(b, id, values)
  }
  await b.sync()
  for (const deleted of [1, 0, 1]) {
    w.advance(1000)
    change(a, id, { deleted })
  }
  await settle(b, a)
  for (const d of [a, b]) {
    const { total, items } = conflictList(d.ctx.db, 10)
    expect([total, items.map(({ field }) => field).sort()]).toEqual([1, ['first_name', 'last_name']])
  }
})

test('who decides between two without having heard of a third is asked about the third', async () => {
  w = await world()
  const all = (await w.together(3)) as [Device, Device, Device]
  const [a, b, c] = all
  const id = addParty(a, 'یک')
  await settle(...all)
  for (const [d, name] of [
    [c, 'از پ'],
    [b, 'از ب'],
    [a, 'از الف'],
  ] as const) {
    w.advance(1000)
    change(d, id, { last_name: name })
  }
  for (const d of [a, b, a]) await d.sync()
  const open = () => conflictList(a.ctx.db, 10).items.map((one) => one.lose.value)
  expect(open()).toEqual(['از ب'])
  await c.sync()
  w.advance(1000)
  const [asked] = conflictList(a.ctx.db, 10).items
  write(a.ctx, 'sync.keep', (tx) => resolveConflict(tx, asked!.id, 'win'))
  await settle(...all)
  await same(...all)
  expect(open()).toEqual(['از پ'])
})

test.each([
  ['later', 1000],
  ['at the same moment', 0],
])(
  'two people who answer the same question each the other way, one %s, are asked once more: nobody is overruled unseen',
  async (_, later) => {
    w = await world()
    const [a, b] = (await w.together(2)) as [Device, Device]
    const id = addParty(a, 'یک')
    await settle(a, b)
    w.advance(1000)
    change(a, id, { last_name: 'از الف' })
    w.advance(1000)
    change(b, id, { last_name: 'از ب' })
    await settle(a, b)
    w.advance(1000)
    const answer = (d: Device, keep: 'win' | 'lose') => {
      const [asked] = conflictList(d.ctx.db, 10).items
      write(d.ctx, 'sync.keep', (tx) => resolveConflict(tx, asked!.id, keep))
    }
    answer(b, 'win')
    w.advance(later)
    answer(a, 'lose')
    await settle(b, a)
    await same(a, b)
    const [value] = rowsOf(b, 'party').map((p) => p['last_name'])
    for (const d of [a, b]) {
      expect(conflictList(d.ctx.db, 10).items).toMatchObject([
        { win: { value }, lose: { value: expect.not.stringMatching(String(value)) } },
      ])
    }
  },
)
