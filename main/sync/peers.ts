import { DevicesReply } from '../../shared/sync/membership.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import type { Db } from '../db/open.ts'
import { write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import type { Door } from './door.ts'
import { readState, saveState } from './state.ts'

export type Device = DevicesReply['devices'][number]

/** The devices of the business; their names are kept, for the history and the trays, and how many the server shut out by itself. */
export async function devicesOf(ctx: Ctx, door: Door): Promise<Device[]> {
  const { devices } = await door.ask(PATH.devices, { tenant: readState(ctx.db)?.tenant }, DevicesReply)
  write(ctx, 'sync.peers', (tx) => {
    const put = tx.db.prepare(
      `INSERT INTO sync_peer (site, device, name, user) VALUES (?, ?, ?, ?)
       ON CONFLICT (site) DO UPDATE SET device = excluded.device, name = excluded.name, user = excluded.user`,
    )
    for (const d of devices) for (const [site] of d.sites) put.run(site, d.device, d.name, d.user)
    const reused = devices.filter((d) => d.why === 'reuse').length
    if (reused === (readState(tx.db)?.reused ?? 0)) return
    saveState(tx.db, { reused })
    tx.touched.add('sync')
  })
  return devices
}

/** Has somebody written whose device has no name here yet? */
export const hasStranger = (db: Db): boolean =>
  db
    .prepare('SELECT 1 FROM sync_author a WHERE NOT EXISTS (SELECT 1 FROM sync_peer p WHERE p.site = a.site) LIMIT 1')
    .get() !== undefined

export const peerName = (db: Db, site: string): string | null =>
  (db.prepare('SELECT name FROM sync_peer WHERE site = ?').get(site) as { name: string } | undefined)?.name ?? null
