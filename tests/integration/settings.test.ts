import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { DEVICE_DEFAULTS } from '../../shared/contract/settings.ts'
import { clientAs } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientAs(ctx, 'owner')
})
afterEach(() => ctx.close())
const changes = () => (ctx.db.prepare('SELECT count(*) AS n FROM change').get() as { n: number }).n

describe('settings of the business', () => {
  it('have defaults, change one by one, and each change can be undone', async () => {
    expect(await client.settings.business()).toMatchObject({ business_name: '', trade: 'other', area_code: null })
    await client.settings.updateBusiness({ business_name: 'كتاب‌فروشی ماه', area_code: '21' })
    const { change } = await client.settings.updateBusiness({ area_code: '31' })
    expect(await client.settings.business()).toMatchObject({ business_name: 'کتاب‌فروشی ماه', area_code: '31' })
    await client.history.undo({ change: change! })
    expect(await client.settings.business()).toMatchObject({ area_code: '21' })
  })

  it('that stay as they are make no change', async () => {
    await client.settings.updateBusiness({ city: 'قم' })
    expect(await client.settings.updateBusiness({ city: 'قم' })).toEqual({ change: null })
  })

  it('an empty text means no value, an empty name is refused', async () => {
    await client.settings.updateBusiness({ phone: '02188776655' })
    await client.settings.updateBusiness({ phone: ' ' })
    expect((await client.settings.business()).phone).toBeNull()
    await expect(client.settings.updateBusiness({ business_name: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(client.settings.updateBusiness({ area_code: '0' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('are read by a seller and written by the owner only', async () => {
    const seller = clientAs(ctx, 'seller')
    expect(await seller.settings.business()).toMatchObject({ trade: 'other' })
    await expect(seller.settings.updateBusiness({ city: 'قم' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(clientAs(ctx, null).settings.business()).rejects.toMatchObject({ code: 'NOT_SET_UP' })
  })

  it('a value of a newer version does not lock anyone out', async () => {
    await client.settings.updateBusiness({ trade: 'shop', city: 'قم' })
    ctx.db.prepare('UPDATE change_context SET tx = 1').run()
    ctx.db.prepare("UPDATE setting SET value = '\"bakery\"' WHERE key = 'trade'").run()
    ctx.db.prepare('UPDATE change_context SET tx = NULL').run()
    expect(await client.settings.business()).toMatchObject({ trade: 'other', city: 'قم' })
  })
})

describe('settings of the device', () => {
  it('need nobody signed in, are not in the history and merge with their defaults', async () => {
    const anyone = clientAs(ctx, null)
    const before = changes()
    expect(await anyone.settings.device()).toEqual(DEVICE_DEFAULTS)
    expect(await anyone.settings.updateDevice({ theme: 'dark', font_scale: 120 })).toEqual({
      ...DEVICE_DEFAULTS,
      theme: 'dark',
      font_scale: 120,
    })
    expect(await anyone.settings.device()).toMatchObject({ theme: 'dark' })
    expect(changes()).toBe(before)
    await expect(anyone.settings.updateDevice({ font_scale: 500 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('users', () => {
  it('can be renamed by the owner', async () => {
    const { id } = ctx.user!
    expect(await clientAs(ctx, 'seller').users.list()).toMatchObject([{ id, role: 'owner' }])
    await client.users.update({ id, name: 'مریم كریمی', color: 'accent' })
    expect(await client.users.list()).toEqual([
      { id, name: 'مریم کریمی', color: 'accent', role: 'owner', has_pin: false, left: false, share: null },
    ])
    await expect(clientAs(ctx, 'seller').users.update({ id, name: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const nobody = ctx.ids.next()
    await expect(client.users.update({ id: nobody, name: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { kind: 'user' },
    })
  })
})

describe('drafts', () => {
  it('keep a half-typed form until it is removed, without a history', async () => {
    const before = changes()
    expect(await client.drafts.get({ key: 'customer:new' })).toBeNull()
    await client.drafts.put({ key: 'customer:new', value: { name: 'علی', phones: ['0912'] } })
    await client.drafts.put({ key: 'customer:new', value: { name: 'علی ر' } })
    expect(await client.drafts.get({ key: 'customer:new' })).toEqual({ value: { name: 'علی ر' }, at: ctx.clock.now() })
    await client.drafts.remove({ key: 'customer:new' })
    expect(await client.drafts.get({ key: 'customer:new' })).toBeNull()
    expect(changes()).toBe(before)
  })

  it('refuse what is no form', async () => {
    const value = 'x'.repeat(1_200_000)
    await expect(client.drafts.put({ key: 'a', value })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(clientAs(ctx, null).drafts.get({ key: 'a' })).rejects.toMatchObject({ code: 'NOT_SET_UP' })
  })
})
