import { afterEach, expect, test } from 'vitest'
import { conflictList } from '../../main/modules/sync/told.ts'
import { addParty, change, type Device, reopen, rowsOf, same, settle, world } from './client-world.ts'

type World = Awaited<ReturnType<typeof world>>
let w: World
afterEach(() => w.close())

/** The whole folder of `from`, on the same computer: the book, the keys and the anchor. */
async function copyOf(from: Device): Promise<Device> {
  const copy = await w.device({ user: null })
  copy.parts.machine = from.parts.machine
  await copy.parts.keys.write(await from.parts.keys.read())
  copy.parts.anchor.write(from.parts.anchor.read())
  reopen(copy, from.snapshot('copy.db'))
  return copy
}
const names = (d: Device) => rowsOf(d, 'party').map((p) => p['last_name'])
const HOUR = 3_600_000

test('a folder copied on one computer is shut out with the original, and with a code each both go on as devices of their own', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(b, 'یک')
  await settle(a, b)
  const c = await copyOf(b)
  w.advance(HOUR)
  await b.sync()
  addParty(c, 'از رونوشت')
  expect(await c.sync()).toMatchObject({ stopped: 'reuse' })
  w.advance(HOUR)
  expect(await b.sync()).toMatchObject({ stopped: 'reuse' })
  await b.join(await w.invite(a))
  change(b, id, { last_name: 'پس از رونوشت' })
  await settle(b, a)
  await c.join(await w.invite(a))
  addParty(b, 'از اصل')
  await settle(c, a, b)
  await same(a, b, c)
  expect(names(a).sort()).toEqual(['از اصل', 'از رونوشت', 'پس از رونوشت'].sort())
  expect(conflictList(a.ctx.db, 10).total).toBe(0)
  expect(b.client.status().state!.site).not.toBe(c.client.status().state!.site)
})

test('a book whose site went over to another device goes on under a new name by itself', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  addParty(b, 'یک')
  await settle(a, b)
  const { site, device } = b.client.status().state!
  addParty(b, 'در انتظار')
  await w.store.tenant(w.tenant, 'write', async (tx) => {
    const all = await tx.gather(device)
    const other = a.client.status().state!.device
    await tx.saveSite({ ...all.sites.find((s) => s.id === site)!, device: other })
  })
  await settle(b, a)
  await same(a, b)
  expect(names(a).sort()).toEqual(['در انتظار', 'یک'].sort())
  expect(b.client.status().state!.site).not.toBe(site)
})
