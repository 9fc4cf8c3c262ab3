import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setupModule } from '../../main/modules/setup/module.ts'
import { PRESETS } from '../../main/modules/setup/presets.ts'
import { ownerOf } from '../../main/modules/users/service.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { TRADES } from '../../shared/domain/party.ts'
import { clientAs, clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { dump, replay } from '../support/replay.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientOf(ctx)
})
afterEach(() => {
  expect(replay(ctx.db)).toEqual(dump(ctx.db))
  ctx.close()
})
const names = async () => (await client.lists.all({ list: 'outcome' })).map((item) => item.name)
const add = async (name: string) => (await client.lists.add({ list: 'outcome', name })).id

describe('a list of the business', () => {
  it('grows at its end, takes the same name once, and keeps the order it is given', async () => {
    const first = await add('جواب نداد')
    const second = await add('سفارش داد')
    const third = await add('قیمت گرفت')
    expect(await add(' جواب  نداد ')).toBe(first)
    expect(await names()).toEqual(['جواب نداد', 'سفارش داد', 'قیمت گرفت'])
    await client.lists.move({ id: third, before: first })
    expect(await names()).toEqual(['قیمت گرفت', 'جواب نداد', 'سفارش داد'])
    await client.lists.move({ id: first, before: null })
    expect(await names()).toEqual(['قیمت گرفت', 'سفارش داد', 'جواب نداد'])
    await client.lists.rename({ id: second, name: 'خرید کرد' })
    expect(await names()).toEqual(['قیمت گرفت', 'خرید کرد', 'جواب نداد'])
    await expect(client.lists.rename({ id: first, name: 'خريد كرد' })).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    // The other list is another one.
    await client.lists.add({ list: 'lead_reason', name: 'تکراری' })
    expect((await client.lists.all({})).map((item) => item.list)).toEqual([
      'lead_reason',
      'outcome',
      'outcome',
      'outcome',
    ])
  })

  it('lets an entry go without taking its name from what was written with it, and takes it back as the same one', async () => {
    const outcome_id = await add('سفارش داد')
    const { id: party } = await client.customers.add({ kind: 'person', last_name: 'کریمی' })
    await client.activities.log({ activity: { kind: 'call', party_ids: [party], outcome_id } })
    expect(await client.lists.uses({ list: 'outcome' })).toEqual({ [outcome_id]: 1 })
    expect(await client.lists.uses({ list: 'lead_reason' })).toEqual({})
    await client.lists.remove({ id: outcome_id })
    expect(await names()).toEqual([])
    const { entries } = await client.activities.timeline({ party_id: party, kinds: ['call'] })
    expect(entries[0]).toMatchObject({ activity: { outcome: { id: outcome_id, name: 'سفارش داد' } } })
    // It is no choice any more.
    const again = client.activities.log({ activity: { kind: 'call', party_ids: [party], outcome_id } })
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND', data: { kind: 'list_item' } })
    expect(await add('سفارش داد')).toBe(outcome_id)
    expect(await names()).toEqual(['سفارش داد'])
  })

  it('is read by everybody and edited by whoever may', async () => {
    const id = await add('جواب نداد')
    const seller = clientAs(ctx, 'seller')
    expect(await seller.lists.all({ list: 'outcome' })).toHaveLength(1)
    for (const edit of [
      seller.lists.add({ list: 'outcome', name: 'دیگر' }),
      seller.lists.rename({ id, name: 'دیگر' }),
      seller.lists.move({ id, before: null }),
      seller.lists.remove({ id }),
    ])
      await expect(edit).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('says what is not there', async () => {
    const nobody = '01890a5d-ac96-774b-bcce-b302099a8057'
    const id = await add('جواب نداد')
    const refused = { code: 'NOT_FOUND', data: { kind: 'list_item' } }
    await expect(client.lists.rename({ id: nobody, name: 'ب' })).rejects.toMatchObject(refused)
    await expect(client.lists.remove({ id: nobody })).rejects.toMatchObject(refused)
    await expect(client.lists.move({ id, before: nobody })).rejects.toMatchObject(refused)
    expect(await names()).toEqual(['جواب نداد'])
  })
})

describe('what a trade begins with', () => {
  it('is there after the first run, in its order', async () => {
    const fresh = await testCtx({ user: null })
    const by = clientOf(fresh, () => ownerOf(fresh))
    await by.setup.start({ business_name: 'پخش', owner_name: 'مریم', trade: 'distribution', money_unit: 'toman' })
    const { outcomes, lead_reasons } = PRESETS.distribution
    expect((await by.lists.all({ list: 'outcome' })).map((i) => i.name)).toEqual(outcomes)
    expect((await by.lists.all({ list: 'lead_reason' })).map((i) => i.name)).toEqual(lead_reasons)
    fresh.close()
  })

  it('comes to a book from before these lists when it is opened, once, and never to one nobody has begun', async () => {
    setupModule.opened?.(ctx)
    expect(await names()).toEqual(PRESETS.other.outcomes)
    for (const { id } of await client.lists.all({})) await client.lists.remove({ id })
    setupModule.opened?.(ctx)
    expect(await names()).toEqual([])
    const unbegun = await testCtx({ user: null })
    setupModule.opened?.(unbegun)
    expect(unbegun.db.prepare('SELECT 1 FROM list_item').get()).toBeUndefined()
    unbegun.close()
  })

  it('names nothing twice', () => {
    for (const trade of TRADES) {
      for (const list of ['outcomes', 'lead_reasons'] as const) {
        expect(new Set(PRESETS[trade][list]).size, trade).toBe(PRESETS[trade][list].length)
        expect(PRESETS[trade][list].length, trade).toBeGreaterThan(5)
      }
    }
  })
})
