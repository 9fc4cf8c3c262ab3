import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createEngine } from '../../main/engine/engine.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { firstRun } from '../support/engine.ts'
import { startSyncServer } from '../support/sync-server.ts'
import { smallDisk } from './small-disk.ts'

const probe = smallDisk(1)
probe?.remove()
const CAN = probe !== null
const WHY = CAN ? '' : ' (skipped: no disk of its own can be mounted here)'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function device(folder: string): Client {
  const engine = createEngine({ folder, host: { kind: 'test' }, log: { info() {}, error() {} } })
  ends.push(() => engine.close())
  return engine.client()
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daftar-sync-disk-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The owner's device and a second one, on a server; both have everything. */
async function together(serverFolder: string, secondFolder: string): Promise<[Client, Client]> {
  const server = await startSyncServer(serverFolder)
  ends.push(() => server.kill())
  const [one, two] = [device(newFolder()), device(secondFolder)]
  await one.setup.start(firstRun)
  await one.sync.turnOn({ address: server.url, code: server.code! })
  const user_id = (await one.system.status()).user!.id
  await one.sync.now()
  const { code } = await one.sync.devices.invite({ user_id, role: 'owner' })
  await two.sync.join({ address: server.url, code })
  await expect.poll(() => two.sync.status(), { timeout: 30_000 }).toMatchObject({ state: 'sent' })
  return [one, two]
}

const add = (to: Client, last_name: string, about = '') => to.customers.add({ kind: 'person', last_name, about })
const named = async (of: Client, text: string) => (await of.search.all({ text })).customers.length

test.skipIf(!CAN)(
  `a full disk of a device is said, what is there can be read, and what others wrote comes by itself when there is room${WHY}`,
  async () => {
    const disk = smallDisk(24)!
    ends.push(() => disk.remove())
    const [one, two] = await together(newFolder(), disk.folder)
    await add(two, 'پیش از آن')
    disk.fill()
    for (let i = 0; i < 40; i++) await add(one, `بعد از آن ${i}`, 'متن '.repeat(500))
    await one.sync.now()
    await expect
      .poll(() => two.sync.now(), { timeout: 30_000 })
      .toMatchObject({ state: 'attention', code: 'disk_full' })
    await expect(add(two, 'جا نیست', 'متن '.repeat(5_000))).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(await named(two, 'پیش از آن')).toBe(1)
    disk.free()
    await expect.poll(() => two.sync.status(), { timeout: 30_000 }).toMatchObject({ state: 'sent', waiting: 0 })
    expect((await two.customers.count({ filter: { where: { op: 'and', rules: [] } } })).count).toBe(41)
    expect((await two.system.check()).problems).toEqual([])
  },
  120_000,
)

test.skipIf(!CAN)(
  `a full disk of the server is said on the devices, work goes on, and everything is sent when there is room${WHY}`,
  async () => {
    const disk = smallDisk(160)!
    ends.push(() => disk.remove())
    const [one, two] = await together(disk.folder, newFolder())
    disk.fill()
    // Enough for several segments of its journal.
    for (let i = 0; i < 60; i++) await add(one, `بعد از آن ${i}`, `${i} متن `.repeat(2_000))
    await expect.poll(() => one.sync.now(), { timeout: 60_000 }).toMatchObject({ code: 'server_full' })
    await add(one, 'کار ادامه دارد')
    expect(await named(one, 'کار ادامه دارد')).toBe(1)
    disk.free()
    await expect.poll(() => one.sync.now(), { timeout: 60_000 }).toMatchObject({ state: 'sent', waiting: 0 })
    await two.sync.now()
    expect(await named(two, 'کار ادامه دارد')).toBe(1)
  },
  180_000,
)
