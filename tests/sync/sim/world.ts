import type { App } from '../../../server/app.ts'
import { newBusiness } from '../../../server/business.ts'
import { handle } from '../../../server/handle.ts'
import { type Host, nodeCrypto } from '../../../server/host.ts'
import { makeApp } from '../../../server/make-app.ts'
import type { Store } from '../../../server/store/store.ts'
import { type MergeTables, manifestText, mergeTables, wireManifest } from '../../../shared/sync/merge-spec.ts'
import { PATH, PROTOCOL, RegisterReply, signedText } from '../../../shared/sync/protocol.ts'
import { CALM, type Net, type NetFaults, network } from './net.ts'
import { Crash, type Disk, newDisk, Replica, type Surroundings, type Vault } from './replica.ts'
import { type Rng, rng } from './rng.ts'
import { type Timeline, timeline } from './timeline.ts'

/** A store that the simulation can make die, back up and put back. */
export interface SimStore {
  store: Store
  /** Set by the world: throws to die. */
  onCommit(hook: (point: 'before commit' | 'after commit') => void): void
  snapshot(): Promise<unknown>
  restore(snapshot: unknown): Promise<void>
  read(tenant: string): Promise<ServerView>
}
export interface ServerView {
  head: number
  epoch: string
  rows: { tbl: number; row: string; scope: number; seq: number; cells: string }[]
  ops: {
    seq: number
    site: string
    own: number
    tbl: number
    row: string
    kind: number
    base: number
    f: string
    code: string | null
  }[]
  conflicts: { tbl: number; row: string; fid: number; win: string; lose: string }[]
  sites: { id: string; parent: string | null; fork: number }[]
  members: { user: string; scopes: readonly (readonly [number, number])[] }[]
}

export interface Pc {
  name: string
  replica: Replica
  /** ms that this PC's clock is wrong by. */
  skew: number
  online: boolean
  net: Net
  user: string
}

export interface World {
  readonly seed: number
  readonly chance: Rng
  readonly time: Timeline
  readonly app: App
  readonly sim: SimStore
  readonly tenant: string
  readonly tables: MergeTables
  readonly pcs: Pc[]
  readonly trace: string[]
  /** What was seen to be wrong while it ran. */
  readonly wrong: string[]
  faults: { net: NetFaults; clientCrash: number; serverCrash: number }
  addPc(user: string, invite: string): Promise<Pc>
  /** The same book opened a second time. */
  clone(pc: Pc, disk: Disk): Pc
  sync(pc: Pc): void
  say(line: string): void
  owner(): Pc
  /** As the owner's device, straight to the server. */
  command<T>(path: string, body: object): Promise<T>
}

export const START = Date.UTC(2026, 10, 22)
const TABLES = mergeTables([wireManifest()])!
const { sha256 } = nodeCrypto
const MH = sha256(manifestText(wireManifest())).slice(0, 32)
const signature = (key: string, text: string) => Buffer.from(sha256(`${key} ${text}`), 'hex').toString('base64')

export async function makeWorld(seed: number, sim: SimStore, without?: ReadonlySet<string>): Promise<World> {
  const chance = rng(seed)
  const time = timeline(START)
  const trace: string[] = []
  const wrong: string[] = []
  const serverChance = chance.fork()
  const host: Host = {
    now: () => time.now(),
    uuid: () => serverChance.uuid(),
    random: (n) => serverChance.bytes(n),
    sha256,
    // Signatures are somebody else's test; here they would be most of the time.
    hmac: (key, text) => sha256(`${key} ${text}`),
    verify: (key, text, sig) => sig === signature(key, text),
    log: (event, facts) => {
      trace.push(`server: ${event}`)
      if (event === 'internal') wrong.push(`500: ${String(facts?.['error'])}`)
    },
  }
  const app = await makeApp(host, sim.store)
  const { tenant, code } = await newBusiness(app, 60_000)
  const death = chance.fork()

  const world: World = {
    seed,
    chance,
    time,
    app,
    sim,
    tenant,
    tables: TABLES,
    pcs: [],
    trace,
    wrong,
    faults: { net: CALM, clientCrash: 0, serverCrash: 0 },
    say: (line) => void trace.push(`${((time.now() - START) / 1000).toFixed(1)} ${line}`),
    owner: () => world.pcs[0]!,
    async command<T>(path: string, body: object): Promise<T> {
      const { device } = world.owner().replica.vault
      const { makeAccess } = await import('../../../server/access.ts')
      const access = makeAccess(host, app.secret, { tenant, device })
      const { serverCrash } = world.faults
      world.faults.serverCrash = 0
      const { status, text } = await handle(app, { path, access, body: { v: PROTOCOL, tenant, ...body } })
      world.faults.serverCrash = serverCrash
      if (status !== 200) throw new Error(`${path}: ${text}`)
      return JSON.parse(text) as T
    },
    async addPc(user, invite) {
      const vault: Vault = {
        device: chance.uuid(),
        key: sha256(chance.uuid()),
        refresh: chance.uuid() + chance.uuid(),
        next: '',
        gen: 0,
        access: null,
      }
      vault.key = Buffer.from(vault.key, 'hex').toString('base64').slice(0, 44)
      const site = chance.uuid()
      const next = sha256(vault.refresh)
      const sig = signature(vault.key, signedText('register', invite, vault.device, site, next))
      const { device, key } = vault
      const body = {
        v: PROTOCOL,
        invite,
        tenant: null,
        device,
        name: 'PC',
        platform: 'sim',
        key,
        user,
        site,
        next,
        sig,
        t0: 0,
      }
      const { status, text } = await handle(app, { path: PATH.register, access: null, body })
      if (status !== 200) throw new Error(`register: ${text}`)
      const reply = RegisterReply.parse(JSON.parse(text))
      vault.access = reply.access
      return attach(newDisk(tenant, reply.user, site, reply.epoch), vault, user)
    },
    clone: (pc, disk) => attach(disk, pc.replica.vault, pc.user),
    sync(pc) {
      void pc.replica.sync().catch((error) => {
        if (!(error instanceof Crash)) {
          wrong.push(`${pc.name}: ${error instanceof Error ? error.stack : error}`)
          return
        }
        world.say(`${pc.name} dies ${error.message}`)
        pc.replica.kill()
      })
    },
  }
  sim.onCommit((point) => {
    if (world.faults.serverCrash > 0 && death.chance(world.faults.serverCrash)) throw new Crash(`server ${point}`)
  })

  function attach(disk: Disk, vault: Vault, user: string): Pc {
    const own = chance.fork()
    const pc: Pc = {
      name: `pc${world.pcs.length}`,
      replica: null as unknown as Replica,
      skew: 0,
      online: true,
      net: null as unknown as Net,
      user,
    }
    pc.net = network(
      time,
      own,
      (path, access, body) => serve(pc, path, access, body),
      () => pc.online,
    )
    const out: Surroundings = {
      now: () => time.now() + pc.skew,
      call: (path, access, body) => {
        pc.net.faults = world.faults.net
        return pc.net.call(path, access, body)
      },
      sha256,
      sign: signature,
      uuid: () => own.uuid(),
      crash(point) {
        if (world.faults.clientCrash > 0 && own.chance(world.faults.clientCrash)) throw new Crash(point)
      },
      batch: 1 + own.int(6),
      page: 1 + own.int(8),
      tables: TABLES,
      mh: MH,
      ...(without ? { without } : {}),
    }
    pc.replica = new Replica(out, disk, vault)
    world.pcs.push(pc)
    return pc
  }

  /** The server's side of the wire; null when it died over the request. */
  async function serve(pc: Pc, path: string, access: string | null, body: string) {
    const answer = await handle(app, { path, access, body: JSON.parse(body) })
    if (answer.status === 500) {
      // Its own death is no accident of the code; anything else was written down by the log.
      if (/server (before|after) commit/.test(wrong.at(-1) ?? '')) wrong.pop()
      world.say(`server dies over ${path} of ${pc.name}`)
      return null
    }
    if (answer.status !== 200) world.say(`${pc.name} ${path} -> ${answer.text.slice(0, 120)}`)
    if (path === PATH.pull && answer.status === 200) await onlyGranted(pc, answer.text)
    return answer
  }

  /** I9: the bytes of an answer hold no row of a scope that is not granted. */
  async function onlyGranted(pc: Pc, text: string) {
    const view = JSON.parse(text) as { rows: { o: number[] }; granted: [number, number][] }
    const granted = new Set(view.granted.map(([s]) => s))
    if (view.rows.o.some((s) => !granted.has(s))) wrong.push(`I9 ${pc.name} was given a row of a scope it may not see`)
  }

  await world.addPc(chance.uuid(), code)
  return world
}
