import Database from 'better-sqlite3'
import { checkLog } from '../../main/db/check-log.ts'
import { Db } from '../../main/db/open.ts'
import { insert, insertOrRevive, patch, remove, restore } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { uuidV5, uuidV7 } from '../../main/engine/ids.ts'
import { Live } from '../../main/engine/live.ts'
import { party, partyTag } from '../../main/modules/customers/table.ts'
import { SyncClient } from '../../main/sync/client.ts'
import type { SyncParts } from '../../main/sync/parts.ts'
import { register } from '../../main/sync/register.ts'
import { newBusiness } from '../../server/business.ts'
import { handle } from '../../server/handle.ts'
import { nodeCrypto } from '../../server/host.ts'
import { makeApp } from '../../server/make-app.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { MANIFEST } from '../../shared/sync/manifest.ts'
import { InviteReply, PATH } from '../../shared/sync/protocol.ts'
import { testCtx } from '../support/ctx.ts'
import { rng } from './sim/rng.ts'

/** A migrated, empty book as bytes. */
export async function emptyBook(): Promise<Buffer> {
  const ctx = await testCtx({ user: null, modules: [] })
  ctx.db.raw.pragma('journal_mode = DELETE')
  const bytes = ctx.db.raw.serialize()
  ctx.close()
  return bytes
}

const signature = (key: string, text: string) =>
  Buffer.from(nodeCrypto.sha256(`${key} ${text}`), 'hex').toString('base64')

function openBytes(bytes: Buffer): Db {
  const raw = new Database(bytes)
  raw.pragma('foreign_keys = ON')
  raw.pragma('recursive_triggers = ON')
  return new Db(raw, ':memory:')
}

class Crash extends Error {}

const ALL = ['crash', 'lose', 'twice', 'offline', 'restore', 'clone', 'server', 'skew', 'scope'] as const

/** Real books, the real client and the real server under one seed; gives what is wrong at the end. */
export async function fuzz(seed: number, template: Buffer, only?: readonly string[]): Promise<string[]> {
  const chance = rng(seed)
  const bits = Math.imul(seed + 7, 0x9e3779b1) >>> 0
  const on = (f: (typeof ALL)[number]) => (only ? only.includes(f) : ((bits >>> (ALL.indexOf(f) + 5)) & 1) === 1)
  let now = Date.UTC(2026, 10, 22)
  const wrong: string[] = []
  const trace: string[] = []
  const store = memoryStore()
  const host = {
    now: () => now,
    uuid: () => chance.uuid(),
    random: (n: number) => chance.bytes(n),
    sha256: nodeCrypto.sha256,
    hmac: (k: string, t: string) => nodeCrypto.sha256(`${k} ${t}`),
    verify: (k: string, t: string, s: string) => s === signature(k, t),
    log: (event: string, facts?: Record<string, unknown>) => {
      if (event === 'internal') wrong.push(`500 ${String(facts?.['error'])}`)
    },
  }
  const app = await makeApp(host, store)
  const { tenant, code } = await newBusiness(app, 86_400_000)
  const faults = { crash: 0, lose: 0, twice: 0, meanwhile: 0 }

  interface Pc {
    name: string
    db: Db
    ctx: Parameters<typeof write>[0]
    client: SyncClient
    online: boolean
    skew: number
    beside: { keys: string; anchor: string }
    parts: SyncParts
    user: string
  }
  const pcs: Pc[] = []
  function boot(pc: Pc, bytes: Buffer): void {
    if (pc.db) pc.db.close()
    pc.db = openBytes(bytes)
    pc.ctx = {
      db: pc.db,
      clock: { now: () => now + pc.skew },
      ids: uuidV7({ now: () => now }, chance.bytes),
      log: {
        info() {},
        error: (event: string, error: unknown) => {
          if (!(error instanceof Crash)) wrong.push(`${pc.name} ${event} ${(error as Error).stack}`)
        },
      },
      live: new Live(),
      reader: null as never,
      modules: [],
      host: { kind: 'test' },
      folder: '/none',
      user: { id: pc.user, name: pc.name, role: 'owner' },
      origin: pc.name,
    }
    pc.client = new SyncClient(pc.ctx, pc.parts)
  }
  function make(bytes: Buffer, user: string, beside?: Pc['beside']): Pc {
    const pc = {
      name: `pc${pcs.length}`,
      online: true,
      skew: 0,
      beside: beside ?? { keys: 'null', anchor: 'null' },
      user,
    } as Pc
    const own = chance.fork()
    pc.parts = {
      now: () => now + pc.skew,
      random: own.next,
      bytes: own.bytes,
      after: () => () => {},
      pause: async () => {},
      crypto: {
        sha256: nodeCrypto.sha256,
        newKey: () => {
          const k = Buffer.from(own.bytes(32)).toString('base64')
          return { key: k, secret: k }
        },
        sign: signature,
      },
      connect: () => ({
        async call(path, access, body) {
          // People go on writing while the server is asked.
          if (own.chance(faults.meanwhile)) edit(pc)
          if (!pc.online) throw new Error('offline')
          const ask = { path, access, body: JSON.parse(body) as unknown }
          const answer = await handle(app, ask)
          if (answer.status >= 400) trace.push(`   ${pc.name} ${path} ${answer.text}`)
          if (own.chance(faults.twice)) await handle(app, ask)
          if (own.chance(faults.lose)) throw new Error('lost')
          return answer
        },
      }),
      keys: {
        kind: 'memory',
        read: async () => JSON.parse(pc.beside.keys),
        write: async (k) => {
          pc.beside.keys = JSON.stringify(k)
        },
      },
      anchor: {
        read: () => JSON.parse(pc.beside.anchor),
        write: (a) => {
          pc.beside.anchor = JSON.stringify(a)
        },
      },
      machine: () => 'm',
      point(name) {
        if (own.chance(faults.crash)) throw new Crash(name)
      },
    }
    boot(pc, bytes)
    pcs.push(pc)
    return pc
  }
  const sync = async (pc: Pc) => {
    await pc.client.sync()
    const s = pc.client.status()
    trace.push(`${pc.name} syncs: waiting ${s.waiting} ${s.trouble ?? ''} ${s.stopped ?? ''}`)
    if (s.trouble === 'internal') pc.client = new SyncClient(pc.ctx, pc.parts)
  }

  const owner = chance.uuid()
  const first = make(template, owner)
  const joining = { address: 'x', name: 'pc', platform: 'sim' }
  await register(first.ctx, first.parts, { ...joining, code, user: owner })
  await sync(first)
  const count = 2 + (bits % 3)
  for (let i = 1; i < count; i++) {
    const reply = await first.client
      .door()
      .ask(PATH.invite, { tenant, user: owner, role: 'owner', scopes: null }, InviteReply)
    const pc = make(template, owner)
    await register(pc.ctx, pc.parts, { ...joining, code: reply.code, user: owner })
    await sync(pc)
  }
  Object.assign(faults, {
    crash: on('crash') ? 0.05 : 0,
    lose: on('lose') ? 0.15 : 0,
    twice: on('twice') ? 0.2 : 0,
    meanwhile: bits & 64 ? 0.3 : 0,
  })

  interface W {
    value: string
    row: string
    field: string
    over: string | null
    pc: string
    gone: boolean
  }
  const writes: W[] = []
  const parties: string[] = []
  let next = 1
  const FIELDS = ['first_name', 'last_name', 'company_name', 'about'] as const
  function edit(pc: Pc): void {
    const here = pc.db.prepare('SELECT id, deleted FROM party').all() as { id: string; deleted: number }[]
    const what = chance.int(100)
    const value = `w${next++}`
    if (here.length < 2 || what < 15) {
      const row = chance.uuid()
      write(pc.ctx, 'x', (tx) => insert(tx, party, { id: row, kind: 'person', last_name: value }))
      parties.push(row)
      writes.push({ value, row, field: 'last_name', over: null, pc: pc.name, gone: false })
      trace.push(`${pc.name} new ${row.slice(0, 8)} ${value}`)
      return
    }
    const { id, deleted } = chance.pick(here)
    if (what < 70) {
      const field = chance.pick(FIELDS)
      const held = pc.db.prepare(`SELECT "${field}" AS v FROM party WHERE id = ?`).get(id) as { v: string | null }
      write(pc.ctx, 'x', (tx) => patch(tx, party, id, { [field]: value }))
      writes.push({ value, row: id, field, over: held.v, pc: pc.name, gone: false })
      trace.push(`${pc.name} ${id.slice(0, 8)} ${field} ${held.v} -> ${value}`)
    } else if (what < 78) {
      const n = next++
      write(pc.ctx, 'x', (tx) => patch(tx, party, id, { birth_jy: n, birth_jm: n, birth_jd: n }))
    } else if (what < 86) {
      write(pc.ctx, 'x', (tx) => (deleted ? restore(tx, party, id) : remove(tx, party, id)))
      trace.push(`${pc.name} ${id.slice(0, 8)} ${deleted ? 'restored' : 'deleted'}`)
    } else {
      const tag = `t${chance.int(2)}`
      const member = uuidV5(id, tag)
      const held = pc.db.prepare('SELECT deleted FROM party_tag WHERE id = ?').get(member) as
        | { deleted: number }
        | undefined
      write(pc.ctx, 'x', (tx) => {
        if (!held || held.deleted) insertOrRevive(tx, partyTag, { id: member, party_id: id, tag_id: tag })
        else remove(tx, partyTag, member)
      })
    }
  }
  /** What is nowhere any more, nobody can be asked for. */
  const forgive = () => {
    const alive = new Set<string>()
    for (const o of store.data.tenants.get(tenant)!.ops)
      for (const [v] of Object.values(JSON.parse(o.f) as Record<string, [string]>)) alive.add(v)
    for (const pc of pcs)
      for (const { f } of pc.db.prepare('SELECT f FROM change').all() as { f: string }[])
        for (const [v] of Object.values(JSON.parse(f) as Record<string, [string]>)) alive.add(v)
    for (const w of writes) if (!alive.has(w.value)) w.gone = true
  }
  const saved = new Map<Pc, Buffer>()
  let backup: ReturnType<typeof store.snapshot> | null = null
  let rewound = false
  for (let step = 0; step < 40 + (bits % 80); step++) {
    const pc = chance.pick(pcs)
    const what = chance.int(100)
    now += chance.int(5000)
    if (what < 45) edit(pc)
    else if (what < 82) await sync(pc)
    else if (what < 86 && on('offline')) pc.online = !pc.online
    else if (what < 89 && on('skew')) pc.skew = chance.pick([0, -5 * 86_400_000, 3 * 3_600_000, 10 * 365 * 86_400_000])
    else if (what < 91 && on('restore')) saved.set(pc, pc.db.raw.serialize())
    else if (what < 93 && on('restore') && saved.has(pc)) {
      trace.push(`${pc.name} is put back`)
      boot(pc, saved.get(pc)!)
      forgive()
    } else if (what < 95 && on('clone') && pcs.length < 6) {
      trace.push(`${pc.name} is cloned as pc${pcs.length}`)
      // The clone is a device of its own with the same book: a copied book on another computer.
      const twin = make(pc.db.raw.serialize(), pc.user, { keys: 'null', anchor: 'null' })
      const { keys } = pc.beside
      // Both have the keys: the same folder on the same computer.
      Object.defineProperty(twin, 'beside', {
        value: {
          get keys() {
            return pc.beside.keys
          },
          set keys(k: string) {
            pc.beside.keys = k
          },
          anchor: pc.beside.anchor,
        },
      })
      void keys
    } else if (what < 97 && on('server')) {
      backup = store.snapshot()
      trace.push('server backup')
    } else if (what < 98 && on('server') && backup) {
      trace.push('server put back')
      const secrets = store.data.secrets
      store.restore(backup)
      for (const [k, v] of secrets) store.data.secrets.set(k, v)
      app.rewinds.clear()
      rewound = true
      forgive()
    }
  }
  Object.assign(faults, { crash: 0, lose: 0, twice: 0, meanwhile: 0 })
  now += 86_400_000
  trace.push('— quiet')
  for (const pc of pcs) pc.online = true
  for (let round = 0; round < 12; round++) {
    app.rewinds.clear()
    for (const pc of pcs) {
      now += 60_000
      await sync(pc)
    }
    if (round > 2 && pcs.every((pc) => pc.client.status().waiting === 0)) break
  }
  for (const pc of pcs) await sync(pc)
  // I13, I1
  for (const pc of pcs) {
    const s = pc.client.status()
    if (s.waiting > 0 || s.stopped || s.trouble)
      wrong.push(`I13 ${pc.name} waiting ${s.waiting} ${s.trouble} ${s.stopped}`)
    const problems = (await checkLog({ db: pc.db })).problems
    if (problems.length > 0) wrong.push(`LOG ${pc.name} ${JSON.stringify(problems)}`)
  }
  const server = new Map<string, Record<string, unknown>>()
  for (const r of store.data.tenants.get(tenant)!.rows.values()) server.set(`${r.tbl}:${r.row}`, JSON.parse(r.cells))
  for (const pc of pcs) {
    let n = 0
    for (const t of MANIFEST) {
      for (const row of pc.db.prepare(`SELECT * FROM "${t.name}"`).all() as Record<string, unknown>[]) {
        n++
        const cells = server.get(`${t.id}:${row['id']}`) as Record<string, [unknown]> | undefined
        if (!cells) {
          wrong.push(`I1 ${pc.name} ${t.name} ${row['id']} not at the server`)
          continue
        }
        for (const f of t.fields) {
          const theirs = cells[f.id]?.[0] ?? (f.name === 'deleted' || f.name === 'blacklisted' ? 0 : null)
          if (theirs !== row[f.name])
            wrong.push(
              `I1 ${pc.name} ${t.name} ${String(row['id']).slice(0, 8)} ${f.name}: here ${row[f.name]} server ${theirs}`,
            )
        }
        if (t.name === 'party' && new Set([row['birth_jy'], row['birth_jm'], row['birth_jd']]).size > 1)
          wrong.push('I12 mixed')
      }
    }
    if (n !== server.size) wrong.push(`I1 ${pc.name} has ${n} rows, the server ${server.size}`)
  }
  // I2
  const ids = new Set<string>()
  for (const o of store.data.tenants.get(tenant)!.ops) {
    const id = `${o.site} ${o.own}`
    if (ids.has(id)) wrong.push(`I2 ${id} twice`)
    ids.add(id)
  }
  // I3
  const told = new Set<unknown>()
  for (const c of store.data.tenants.get(tenant)!.conflicts.values())
    for (const side of [c.win, c.lose]) told.add((JSON.parse(side) as [unknown])[0])
  for (const pc of pcs) {
    for (const c of pc.db.prepare('SELECT win, lose FROM sync_conflict').all() as { win: string; lose: string }[])
      for (const side of [c.win, c.lose]) told.add(JSON.parse(side))
    for (const p of pc.db.prepare('SELECT c.f FROM sync_parked p JOIN change c ON c.seq = p.seq').all() as {
      f: string
    }[])
      for (const [v] of Object.values(JSON.parse(p.f) as Record<string, [unknown]>)) told.add(v)
  }
  const over = new Set(writes.filter((w) => !w.gone).map((w) => w.over))
  const ids1 = new Map(MANIFEST.find((t) => t.name === 'party')!.fields.map((f) => [f.name, f.id]))
  for (const w of writes) {
    if (w.gone || told.has(w.value) || over.has(w.value)) continue
    const cells = server.get(`1:${w.row}`) as Record<string, [unknown]> | undefined
    if (cells?.[ids1.get(w.field)!]?.[0] !== w.value)
      wrong.push(`I3 ${w.value} of ${w.pc} in ${w.row.slice(0, 8)} ${w.field} is lost`)
  }
  void rewound
  for (const pc of pcs) pc.db.close()
  if (wrong.length > 0) return [`seed ${seed} ${ALL.filter(on).join(',')}`, ...trace, ...wrong.slice(0, 12)]
  return []
}
