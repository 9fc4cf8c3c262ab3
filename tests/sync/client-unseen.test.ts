import { afterEach, beforeEach, expect, test } from 'vitest'
import { parkedList } from '../../main/modules/sync/told.ts'
import { DoneReply } from '../../shared/sync/membership.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { addParty, change, type Device, rowsOf, settle, world } from './client-world.ts'

/** Customers whom a colleague may not see any more, and a server put back to a day before they were moved or there at all. */
let w: Awaited<ReturnType<typeof world>>
let [owner, staff]: Device[] = []
beforeEach(async () => {
  w = await world()
  ;[owner, staff] = await w.together(2)
})
afterEach(() => w.close())

const ask = (path: string, body: object) => owner!.client.door().ask(path, { tenant: w.tenant, ...body }, DoneReply)
const move = (id: string) => ask(PATH.move, { roots: [id], scope: 7 })
const staffMay = (right: 1 | 3, scope = 7) =>
  ask(PATH.member, {
    user: staff!.client.status().state!.user,
    role: 'seller',
    scopes: [
      [0, 1],
      [scope, right],
    ],
  })
const tray = () => parkedList(staff!.ctx.db, 10)
/** Sealed: of what is in them the device itself knows no more than whose they are. */
const aside = () => staff!.ctx.db.prepare('SELECT row, sealed IS NOT NULL AS sealed FROM sync_quarantine').all()
/** A digest that differs would be told here. */
const errors = () => staff!.ctx.errors

test('what cannot be brought back by who had changed it is taken away, and the change is set aside', async () => {
  const id = addParty(owner!, 'یک')
  await settle(owner!)
  const backup = w.store.snapshot()
  await move(id)
  await staffMay(3)
  await settle(staff!)
  change(staff!, id, { first_name: 'دو' })
  await settle(staff!)
  w.store.restore(backup)
  await staffMay(3)
  w.advance(25 * 3_600_000)
  await settle(staff!, owner!)
  expect(rowsOf(staff!, 'party')).toEqual([])
  expect(aside()).toMatchObject([{ row: id, sealed: 1 }])
  expect(errors()).toEqual([])
})

test('what may only be read and is somewhere else again is taken away', async () => {
  const id = addParty(owner!, 'یک')
  await settle(owner!)
  const backup = w.store.snapshot()
  await move(id)
  await staffMay(1)
  await settle(staff!)
  expect(rowsOf(staff!, 'party')).toHaveLength(1)
  w.store.restore(backup)
  await staffMay(1)
  w.advance(25 * 3_600_000)
  await settle(staff!, owner!)
  expect(rowsOf(staff!, 'party')).toEqual([])
  expect(errors()).toEqual([])
})

test('what may only be read and was lost is kept aside until it is back', async () => {
  await settle(owner!)
  const backup = w.store.snapshot()
  const id = addParty(owner!, 'یک')
  await settle(owner!)
  await move(id)
  await staffMay(1)
  await settle(staff!)
  w.store.restore(backup)
  await staffMay(1)
  w.advance(25 * 3_600_000)
  await settle(staff!)
  expect(rowsOf(staff!, 'party')).toEqual([])
  expect(aside()).toMatchObject([{ row: id, sealed: 1 }])
  await settle(owner!)
  await move(id)
  await settle(staff!)
  expect(rowsOf(staff!, 'party')).toEqual(rowsOf(owner!, 'party'))
  expect(aside()).toEqual([])
})

test('what was refused is not said once more to a server that went back', async () => {
  const id = addParty(owner!, 'یک')
  await settle(owner!)
  await move(id)
  await staffMay(3)
  await settle(staff!)
  const backup = w.store.snapshot()
  await staffMay(1)
  change(staff!, id, { first_name: 'دو' })
  await settle(staff!)
  const said = { field: 'first_name', value: 'دو', name: null }
  const refused = [{ row_id: id, fields: expect.arrayContaining([said]) }]
  expect(tray().items).toMatchObject(refused)
  expect(rowsOf(staff!, 'party')).toMatchObject([{ first_name: null }])
  w.store.restore(backup)
  await settle(staff!, owner!)
  expect(rowsOf(owner!, 'party')).toMatchObject([{ first_name: null }])
  expect(rowsOf(staff!, 'party')).toMatchObject([{ first_name: null }])
  expect(tray().items).toMatchObject(refused)
})

test('a refusal whose answer was lost is told to a book that goes on under another name', async () => {
  const id = addParty(owner!, 'یک')
  await settle(owner!)
  await move(id)
  await staffMay(3)
  await settle(staff!)
  await staffMay(1)
  change(staff!, id, { first_name: 'دو' })
  staff!.net.loseAnswers = 1
  await staff!.sync()
  staff!.parts.machine = () => 'another computer'
  await settle(staff!)
  expect(tray().items).toMatchObject([{ row_id: id, fields: [{ field: 'first_name', value: 'دو' }] }])
})

test('who made a customer, changed it and may not see it any more does not keep it, and later overrules nothing unseen', async () => {
  await staffMay(3)
  await settle(staff!)
  addParty(owner!, 'دیگری')
  await settle(owner!)
  const id = addParty(staff!, 'یک')
  staff!.net.loseAnswers = 1
  await staff!.sync()
  await staffMay(3, 8)
  change(staff!, id, { first_name: 'دو' })
  await settle(staff!, owner!)
  change(owner!, id, { first_name: 'سه' })
  await settle(owner!, staff!)
  expect(rowsOf(staff!, 'party')).toEqual([])
  expect(aside()).toMatchObject([{ row: id, sealed: 1 }])
  expect(tray()).toEqual({ items: [], total: 0 })
  await staffMay(3)
  await settle(staff!)
  expect(rowsOf(staff!, 'party')).toMatchObject([{ id, first_name: 'سه' }])
})
