import { completeGroups } from '../../../shared/sync/codec.ts'
import { FIELD_DELETED } from '../../../shared/sync/manifest.ts'
import { RegisterReply, signedText } from '../../../shared/sync/membership.ts'
import type { Value } from '../../../shared/sync/merge.ts'
import {
  type MergeTables,
  manifestText,
  mergeTables,
  type WireManifest,
  wireManifest,
} from '../../../shared/sync/merge-spec.ts'
import { PATH, PROTOCOL } from '../../../shared/sync/protocol.ts'
import { type Around, type Change, type Clients, keyOf, type SimClient } from './client.ts'
import { type Disk, newDisk, Replica, type Surroundings, type Vault } from './replica.ts'
import type { ServerView } from './world.ts'

export function modelClients(manifest: WireManifest = wireManifest()): Clients {
  const tables = mergeTables([manifest])!
  const text = manifestText(manifest)
  const make = (around: Around) => new ModelClient(around, tables, around.sha256(text).slice(0, 32))
  return {
    kind: 'model',
    make,
    twin(of, copy, around) {
      const made = make(around)
      made.start(structuredClone(copy as Disk), (of as ModelClient).replica.vault)
      return made
    },
    done() {},
  }
}

class ModelClient implements SimClient {
  readonly #around: Around
  readonly #out: Surroundings
  #replica: Replica | null = null

  constructor(around: Around, tables: MergeTables, mh: string) {
    this.#around = around
    this.#out = {
      now: () => around.now(),
      call: (path, access, body) => around.call(path, access, body),
      sha256: around.sha256,
      sign: around.sign,
      uuid: () => around.chance.uuid(),
      crash: (point) => around.die(point),
      batch: around.sizes.ops,
      page: around.sizes.page,
      tables,
      mh,
    }
  }

  get replica(): Replica {
    return this.#replica!
  }
  start(disk: Disk, vault: Vault): void {
    this.#replica = new Replica(this.#out, disk, vault)
  }
  get device() {
    return this.replica.vault.device
  }
  get user() {
    return this.replica.disk.user
  }
  site = () => this.replica.disk.site

  async join(invite: string, user: string): Promise<void> {
    const { chance, sha256, sign, direct } = this.#around
    const key = Buffer.from(sha256(chance.uuid()), 'hex').toString('base64').slice(0, 44)
    const refresh = chance.uuid() + chance.uuid()
    const vault: Vault = { device: chance.uuid(), key, refresh, next: '', gen: 0, access: null }
    const site = chance.uuid()
    const next = sha256(refresh)
    const { device } = vault
    const sig = sign(key, signedText('register', invite, device, site, next))
    const about = { invite, tenant: null, device, name: 'PC', platform: 'sim', key, user, site, next, sig, t0: 0 }
    const reply = RegisterReply.parse(JSON.parse(await direct(PATH.register, { v: PROTOCOL, ...about })))
    vault.access = reply.access
    this.start(newDisk(reply.tenant, reply.user, site, reply.epoch), vault)
  }

  keys = () => this.replica.keys()
  row(key: string) {
    return Object.fromEntries(Object.entries(this.replica.cells(key)).map(([fid, cell]) => [fid, cell[0]]))
  }
  write(change: Change): void {
    const { tbl, row, kind, f } = change
    const shows = this.row(keyOf(tbl, row))
    const whole = completeGroups(this.#out.tables.get(tbl)!, kind, f, (fid) => shows[fid] ?? null)
    this.replica.write([{ ...change, f: whole }])
  }
  async sync(): Promise<void> {
    await this.replica.sync()
  }
  kill = () => this.replica.kill()
  undone(): string | null {
    const { todo, stale } = this.replica.disk
    const waiting = this.replica.outbox()
    return waiting === 0 && todo === 'nothing' && !stale ? null : `${waiting} to send, ${todo}${stale ? ', stale' : ''}`
  }

  copy = () => structuredClone(this.replica.disk)
  putBack(copy: unknown, beside: boolean): void {
    this.replica.kill()
    this.replica.disk = structuredClone(copy as Disk)
    // The anchor beside the book tells; without it only the server can.
    if (!beside) this.replica.disk.todo = 'reincarnate'
  }
  loseRow(): boolean {
    return false
  }

  *told(): Generator<Value> {
    const { rewound, conflicts, ops } = this.replica.disk
    for (const r of rewound) yield r.value
    for (const c of Object.values(conflicts)) for (const side of [c.win, c.lose]) yield side[0]
    for (const o of ops) if (o.parked !== null) for (const [v] of Object.values(o.op.f)) yield v
  }
  *held(): Generator<Value> {
    const { ops, rows } = this.replica.disk
    for (const o of ops) for (const [v] of Object.values(o.op.f)) yield v
    for (const { cells } of Object.values(rows))
      for (const [fid, cell] of Object.entries(cells)) if (Number(fid) > FIELD_DELETED) yield cell[0]
  }
  acked() {
    const { ops } = this.replica.disk
    return ops
      .filter((o) => o.seq !== null)
      .map((o) => ({ site: o.site, own: o.op.own, row: o.op.row, f: JSON.stringify(o.op.f) }))
  }

  async differs(view: ServerView, mayRead: (scope: number) => boolean): Promise<string[]> {
    const wrong: string[] = []
    const rows = new Map(view.rows.map((r) => [keyOf(r.tbl, r.row), r]))
    for (const key of this.keys()) {
      const row = rows.get(key)
      if (!row) wrong.push(`I1 shows ${key}, the server has it not`)
      else if (!mayRead(row.scope)) wrong.push(`I9 shows ${key} of a scope it may not see`)
    }
    for (const [key, row] of rows) {
      const mine = JSON.stringify(this.replica.cells(key))
      // As text once more: an order of its own would be no difference.
      const theirs = JSON.stringify(JSON.parse(row.cells))
      if (mayRead(row.scope) && mine !== theirs) wrong.push(`I1 ${key}\n  here   ${mine}\n  server ${theirs}`)
    }
    return wrong
  }
}
