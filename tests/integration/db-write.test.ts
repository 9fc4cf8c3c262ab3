import { ORPCError } from '@orpc/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { byId, insert, insertOrRevive, patch, remove, restore } from '../../main/db/rows.ts'
import { write, writeChanged } from '../../main/db/write.ts'
import { uuidV5 } from '../../main/engine/ids.ts'
import type { LiveEvent } from '../../main/engine/live.ts'
import { party, partyRole, tag } from '../../main/modules/customers/table.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

let ctx: TestCtx
let events: LiveEvent[]
beforeEach(async () => {
  ctx = await testCtx({ modules: [] })
  events = []
  ctx.live.listen((event) => events.push(event))
})
afterEach(() => ctx.close())

const addTag = (name: string) => writeChanged(ctx, 'customers.addTag', (tx) => insert(tx, tag, { name }))
const context = () => ctx.db.raw.prepare('SELECT tx, capture FROM change_context').all()
const lastTx = () =>
  ctx.db.raw.prepare('SELECT * FROM change_tx ORDER BY tx DESC LIMIT 1').get() as Record<string, unknown>
const code = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof ORPCError ? error.code : `${error}`
  }
  return 'none'
}

test('a write is one transaction of one person at one instant, and tells the windows after it', () => {
  ctx.clock.advance(1234)
  const { result, change } = addTag('همکار')
  expect(lastTx()).toMatchObject({
    tx: change,
    user: ctx.user!.id,
    at: ctx.clock.now(),
    verb: 'customers.addTag',
    batch: null,
  })
  expect(byId(ctx.db, tag, result.id)).toMatchObject({
    pk: result.pk,
    name: 'همکار',
    kind: 'tag',
    created_at: ctx.clock.now(),
    deleted: 0,
  })
  expect(events).toEqual([{ tables: ['tag'], change, origin: 'test' }])
  expect(context()).toEqual([{ tx: null, capture: 1 }])
})

test('a write that changes nothing leaves no trace and has no number to undo', () => {
  const { result, change } = addTag('همکار')
  events.length = 0
  const again = writeChanged(ctx, 'customers.renameTag', (tx) =>
    patch(tx, tag, result.id, { name: 'همکار', color: undefined }),
  )
  expect(again).toEqual({ result: false, change: null })
  expect(events).toEqual([])
  expect(lastTx()['tx']).toBe(change)
  expect(addTag('دیگر').change).toBe(change! + 1)
})

test('stamps grow even when the clock of the PC steps back', () => {
  addTag('الف')
  const first = lastTx()['hlc'] as number
  ctx.clock.advance(-10 * 86_400_000)
  addTag('ب')
  expect(lastTx()['hlc']).toBe(first + 1)
})

test('anything thrown takes everything back, effects and broadcast included', () => {
  const effect = vi.fn()
  const before = lastTx()
  expect(() =>
    write(ctx, 'test', (tx) => {
      insert(tx, tag, { name: 'هرگز' })
      tx.afterCommit(effect)
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(ctx.db.raw.prepare('SELECT count(*) FROM tag').pluck().get()).toBe(0)
  expect([effect.mock.calls, events, lastTx(), context()]).toEqual([[], [], before, [{ tx: null, capture: 1 }]])
})

test('effects run after the commit, and one that fails does not undo the answer', () => {
  let committed = false
  const result = write(ctx, 'test', (tx) => {
    tx.afterCommit(() => {
      throw new Error('printer is off')
    })
    tx.afterCommit(() => {
      committed = !ctx.db.raw.inTransaction
    })
    return insert(tx, tag, { name: 'الف' }).pk
  })
  expect([result, committed, ctx.errors.length]).toEqual([1, true, 1])
})

test('a write inside a write, and one that waits, are refused', () => {
  expect(() => write(ctx, 'a', () => write(ctx, 'b', () => 1))).toThrow('write inside a write: b')
  expect(() => write(ctx, 'a', async (tx) => insert(tx, tag, { name: 'الف' }))).toThrow('must be synchronous')
  expect(ctx.db.raw.prepare('SELECT count(*) FROM tag').pluck().get()).toBe(0)
})

test('chunks of long work are tied by their batch', () => {
  writeChanged(ctx, 'imports.run', (tx) => insert(tx, tag, { name: 'الف' }), { batch: 'b1' })
  expect(lastTx()).toMatchObject({ verb: 'imports.run', batch: 'b1' })
})

test('a patch writes only what differs, and says whether anything did', () => {
  const { result } = writeChanged(ctx, 'customers.add', (tx) =>
    insert(tx, party, { kind: 'person', first_name: 'علی' }),
  )
  ctx.clock.advance(5000)
  write(ctx, 'customers.update', (tx) => {
    expect(patch(tx, party, result.id, { first_name: null, last_name: 'علوی' })).toBe(true)
    expect(patch(tx, party, result.id, {})).toBe(false)
    expect(patch(tx, party, 'nobody', { first_name: 'x' })).toBe(false)
  })
  expect(byId(ctx.db, party, result.id)).toMatchObject({
    first_name: null,
    last_name: 'علوی',
    updated_at: ctx.clock.now(),
  })
  expect(byId(ctx.db, party, 'nobody')).toBeUndefined()
})

test('deleting is a flag that goes and comes, and a member of a set is one row for ever', () => {
  const member = { id: uuidV5('p', 'customer'), party_id: 'p', role: 'customer' }
  const did = write(ctx, 'test', (tx) => [
    insertOrRevive(tx, partyRole, member),
    insertOrRevive(tx, partyRole, member),
    remove(tx, partyRole, member.id),
    remove(tx, partyRole, member.id),
    insertOrRevive(tx, partyRole, member),
    remove(tx, partyRole, member.id),
    restore(tx, partyRole, member.id),
    restore(tx, partyRole, 'nobody'),
  ])
  expect(did).toEqual([true, false, true, false, true, true, true, false])
  expect(ctx.db.raw.prepare('SELECT count(*) FROM party_role').pluck().get()).toBe(1)
})

test('what the disk says becomes a code the screens know', () => {
  const raise = (sqlite: string) => () =>
    write(ctx, 'test', () => {
      throw Object.assign(new Error(sqlite), { code: sqlite })
    })
  expect(code(raise('SQLITE_FULL'))).toBe('DISK_FULL')
  expect(code(raise('SQLITE_IOERR_WRITE'))).toBe('DISK_FULL')
  expect(code(raise('SQLITE_READONLY_DIRECTORY'))).toBe('READ_ONLY')
  expect(code(raise('SQLITE_BUSY_SNAPSHOT'))).toBe('DATABASE_BUSY')
  expect(code(raise('SQLITE_CORRUPT_INDEX'))).toBe('DATABASE_DAMAGED')
  expect(code(raise('SQLITE_CONSTRAINT_NOTNULL'))).toContain('SQLITE_CONSTRAINT_NOTNULL')
})

test('a full disk refuses the write, keeps what was there, and work goes on when there is room again', () => {
  const pages = ctx.db.raw.pragma('page_count', { simple: true }) as number
  ctx.db.raw.pragma(`max_page_count = ${pages}`)
  const fill = () => write(ctx, 'test', (tx) => insert(tx, tag, { name: 'x'.repeat(100_000) }))
  expect(code(fill)).toBe('DISK_FULL')
  expect([context(), ctx.db.raw.inTransaction]).toEqual([[{ tx: null, capture: 1 }], false])
  ctx.db.raw.pragma('max_page_count = 1000000')
  expect(code(fill)).toBe('none')
})
