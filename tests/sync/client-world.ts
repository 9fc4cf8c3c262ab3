import { copyFileSync, rmSync } from 'node:fs'
import { expect } from 'vitest'
import { checkLog } from '../../main/db/check-log.ts'
import { openDb } from '../../main/db/open.ts'
import { insert, patch } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { party } from '../../main/modules/customers/table.ts'
import { nodeCrypto as deviceCrypto } from '../../main/modules/sync/node-parts.ts'
import { SyncClient } from '../../main/sync/client.ts'
import type { Anchor, Keys, Net, SyncParts } from '../../main/sync/parts.ts'
import { register } from '../../main/sync/register.ts'
import { newBusiness } from '../../server/business.ts'
import { handle } from '../../server/handle.ts'
import { nodeCrypto } from '../../server/host.ts'
import { makeApp } from '../../server/make-app.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { MANIFEST } from '../../shared/sync/manifest.ts'
import { InviteReply } from '../../shared/sync/membership.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { START, type TestCtx, testCtx } from '../support/ctx.ts'
import { rng } from './sim/rng.ts'

/** A server in memory and books with the real client, on one clock that stands still until it is moved. */
export async function world(seed = 1) {
  const chance = rng(seed)
  let now = START
  const logs: unknown[] = []
  const host = {
    now: () => now,
    uuid: () => chance.uuid(),
    random: (n: number) => chance.bytes(n),
    ...nodeCrypto,
    log: (event: string, facts?: unknown) => void logs.push([event, facts]),
  }
  const store = memoryStore()
  const app = await makeApp(host, store)
  const { tenant, code } = await newBusiness(app, 86_400_000)
  const devices: Device[] = []

  async function device(options: { user?: null; modules?: TestCtx['modules']; skew?: number } = {}): Promise<Device> {
    const ctx = await testCtx({
      seed: 100 + devices.length,
      ...(options.user === null ? { user: null } : {}),
      modules: options.modules ?? [],
    })
    const own = chance.fork()
    let keys: Keys | null = null
    let anchor: Anchor | null = null
    const net = { online: true, loseAnswers: 0, twice: false, calls: [] as string[] }
    const timers: { at: number; run: () => void }[] = []
    const connect = (): Net => ({
      async call(path, access, body) {
        net.calls.push(path)
        if (!net.online) throw new Error('no network')
        const ask = { path, access, body: JSON.parse(body) as unknown }
        const answer = await handle(app, ask)
        if (net.twice) await handle(app, ask)
        if (net.loseAnswers > 0) {
          net.loseAnswers--
          throw new Error('answer lost')
        }
        return answer
      },
    })
    const skew = { ms: options.skew ?? 0 }
    ctx.clock.now = () => now + skew.ms
    const parts: SyncParts = {
      now: () => now + skew.ms,
      random: own.next,
      bytes: own.bytes,
      after(ms, run) {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), 1)
      },
      pause: async () => {},
      crypto: deviceCrypto,
      connect,
      keys: {
        kind: 'memory',
        read: async () => keys,
        write: async (next) => {
          keys = next
        },
      },
      anchor: {
        read: () => anchor,
        write(next) {
          anchor = next
        },
      },
      machine: () => `pc ${devices.indexOf(made)}`,
    }
    const made: Device = {
      ctx,
      parts,
      net,
      skew,
      client: new SyncClient(ctx, parts),
      join: async (invite) => {
        await register(made.ctx, parts, {
          address: 'http://server',
          code: invite,
          name: `PC ${devices.indexOf(made) + 1}`,
          platform: 'test',
          user: ctx.user?.id ?? ctx.ids.next(),
        })
        await made.sync()
      },
      async sync() {
        await made.client.sync()
        return made.client.status()
      },
      snapshot(name) {
        const file = `${ctx.folder}/${name}`
        ctx.db.raw.pragma('wal_checkpoint(TRUNCATE)')
        copyFileSync(ctx.db.file, file)
        return file
      },
    }
    devices.push(made)
    return made
  }

  return {
    app,
    store,
    tenant,
    code,
    logs,
    devices,
    device,
    now: () => now,
    advance(ms: number) {
      now += ms
    },
    /** The first device (owner's code) and further ones with codes of the owner's, all with everything. */
    async together(n: number): Promise<Device[]> {
      const first = await device()
      await first.join(code)
      const all = [first]
      for (let i = 1; i < n; i++) {
        const next = await device({ user: null })
        await next.join(await invite(first))
        all.push(next)
      }
      return all
    },
    invite,
    close() {
      for (const d of devices) d.ctx.close()
    },
  }

  async function invite(of: Device, scopes: [number, 1 | 3][] = [[-1, 3]], role = 'owner'): Promise<string> {
    const reply = await of.client.door().ask(PATH.invite, { tenant, user: null, role, scopes }, InviteReply)
    return reply.code
  }
}

export interface Device {
  ctx: TestCtx
  parts: SyncParts
  net: { online: boolean; loseAnswers: number; twice: boolean; calls: string[] }
  skew: { ms: number }
  client: SyncClient
  join(invite: string): Promise<void>
  sync(): Promise<ReturnType<SyncClient['status']>>
  /** A copy of the book's file. */
  snapshot(name: string): string
}

/** The device's book is another file from now on; what lies beside it stays. */
export function reopen(d: Device, file: string): void {
  const { folder } = d.ctx
  d.ctx.db.close()
  for (const end of ['', '-wal', '-shm']) rmSync(`${folder}/daftar.db${end}`, { force: true })
  copyFileSync(file, `${folder}/daftar.db`)
  d.ctx.db = openDb(`${folder}/daftar.db`)
  d.client = new SyncClient(d.ctx, d.parts)
}

/** Each device syncs in turn, as often as it takes until everybody has heard everything. */
export async function settle(...devices: Device[]): Promise<void> {
  for (let round = 0; round < 3; round++) for (const d of devices) await d.sync()
}

/** Every synced table is the same in all books, nobody waits, nothing failed, and the log tells the rows. */
export async function same(...devices: Device[]): Promise<void> {
  for (const d of devices) {
    expect(d.client.status()).toMatchObject({ waiting: 0, trouble: null, stopped: null })
    expect(d.ctx.errors).toEqual([])
    expect((await checkLog(d.ctx)).problems).toEqual([])
  }
  for (const { name } of MANIFEST)
    for (const d of devices) expect(rowsOf(d, name), name).toEqual(rowsOf(devices[0]!, name))
}

/** Rows of a synced table without what is local, by id. */
export function rowsOf(device: Device, table: string): Record<string, unknown>[] {
  return device.ctx.db.raw
    .prepare(`SELECT * FROM "${table}" ORDER BY id`)
    .all()
    .map((row) => {
      const { pk: _, updated_at: __, ...rest } = row as Record<string, unknown>
      return rest
    })
}

export function addParty(d: Device, last_name: string): string {
  return write(d.ctx, 'customers.add', (tx) => insert(tx, party, { kind: 'person', last_name })).id
}
export function change(d: Device, id: string, values: Parameters<typeof patch<typeof party>>[3]): void {
  write(d.ctx, 'customers.update', (tx) => patch(tx, party, id, values))
}
