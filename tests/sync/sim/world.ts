import type { App } from '../../../server/app.ts'
import { newBusiness } from '../../../server/business.ts'
import { handle } from '../../../server/handle.ts'
import { type Host, nodeCrypto } from '../../../server/host.ts'
import { makeApp } from '../../../server/make-app.ts'
import { Busy, Full, type Store } from '../../../server/store/store.ts'
import type { PushRequest } from '../../../shared/sync/exchange.ts'
import { PATH, PROTOCOL } from '../../../shared/sync/protocol.ts'
import { isPassing } from './book-client.ts'
import { type Around, type Clients, Crash, type SimClient } from './client.ts'
import { type Answer, CALM, type Net, type NetFaults, network } from './net.ts'
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
  conflicts: { id: string; tbl: number; row: string; fid: number; win: string; lose: string }[]
  sites: { id: string; parent: string | null; fork: number }[]
  members: { user: string; scopes: readonly (readonly [number, number])[] }[]
}

export interface Pc {
  name: string
  client: SimClient
  /** ms that this PC's clock is wrong by. */
  skew: number
  online: boolean
  net: Net
  /** The site it came in as. It may end as another only where its book was, or seems to be, put back or copied, or another took its numbers (I14). */
  born: string
  mayBeginAnew: boolean
}

export interface Faults {
  net: NetFaults
  /** Chances: a client's process dies at a named point, its disk refuses a statement; the same of the server at a commit. */
  clientDies: number
  clientDisk: number
  serverDies: number
  serverDisk: number
  /** The server does not bear a batch of more than one op. */
  narrow: number
}
export const NO_FAULTS: Faults = { net: CALM, clientDies: 0, clientDisk: 0, serverDies: 0, serverDisk: 0, narrow: 0 }

export interface World {
  readonly seed: number
  readonly chance: Rng
  readonly time: Timeline
  readonly app: App
  readonly sim: SimStore
  readonly tenant: string
  readonly pcs: Pc[]
  readonly trace: string[]
  /** What was seen to be wrong while it ran. */
  readonly wrong: string[]
  faults: Faults
  /** Joins as `user`; under faults as often as it takes. */
  addPc(user: string, invite: string, clients?: Clients): Promise<Pc>
  /** The same book opened a second time. */
  clone(pc: Pc): Pc
  sync(pc: Pc): void
  say(line: string): void
  owner(): Pc
  /** As the owner's device, straight to the server. */
  command<T>(path: string, body: object): Promise<T>
}

export const START = Date.UTC(2026, 10, 22)
const { sha256 } = nodeCrypto
const signature = (key: string, text: string) => Buffer.from(sha256(`${key} ${text}`), 'hex').toString('base64')

/** The same batch is too large each time it comes, also as a copy days later. */
const isTooLarge = ({ hash, ops }: PushRequest, p: number) =>
  ops.t.length > 1 && Number.parseInt(hash.slice(0, 4), 16) < p * 0x10000

export async function makeWorld(seed: number, sim: SimStore, clients: Clients): Promise<World> {
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
    pcs: [],
    trace,
    wrong,
    faults: NO_FAULTS,
    say: (line) => void trace.push(`${((time.now() - START) / 1000).toFixed(1)} ${line}`),
    owner: () => world.pcs[0]!,
    async command<T>(path: string, body: object): Promise<T> {
      const { device } = world.owner().client
      const { makeAccess } = await import('../../../server/access.ts')
      const access = makeAccess(host, app.secret, { tenant, device })
      const { faults } = world
      world.faults = NO_FAULTS
      const { status, text } = await handle(app, { path, access, body: { v: PROTOCOL, tenant, ...body } })
      world.faults = faults
      if (status !== 200) throw new Error(`${path}: ${text}`)
      return JSON.parse(text) as T
    },
    async addPc(user, invite, kind = clients) {
      const pc = attach((around) => kind.make(around))
      const { faults } = world
      for (let tries = 1; ; tries++) {
        if (tries > 8) world.faults = NO_FAULTS
        try {
          await over(pc.client.join(invite, user))
          break
        } catch (error) {
          if (!isPassing(error) || tries > 8) throw error
          world.say(`${pc.name} could not join: ${String(error)}`)
        }
      }
      world.faults = faults
      pc.born = pc.client.site()
      return pc
    },
    clone(pc) {
      const twin = attach((around) => clients.twin(pc.client, pc.client.copy(), around))
      pc.mayBeginAnew = twin.mayBeginAnew = true
      return twin
    },
    sync(pc) {
      void pc.client.sync().catch((error) => {
        if (error instanceof Crash) pc.client.kill()
        else wrong.push(`${pc.name}: ${error instanceof Error ? error.stack : error}`)
      })
    },
  }
  const hit = (of: Rng, p: number) => p > 0 && of.chance(p)
  sim.onCommit((point) => {
    if (hit(death, world.faults.serverDies)) throw new Crash(`server ${point}`)
    if (point === 'before commit' && hit(death, world.faults.serverDisk))
      throw death.chance(0.5) ? new Full('disk') : new Busy('lock')
  })

  /** Virtual time goes on until it is settled. */
  async function over<T>(promise: Promise<T>): Promise<T> {
    let settled = false
    const noted = promise.finally(() => {
      settled = true
    })
    noted.catch(() => {})
    while (!settled) {
      const before = time.steps()
      await time.run(time.now() + 500)
      // Where nothing happens in virtual time a real database is waited for, which promises alone would never let speak.
      if (time.steps() === before) await new Promise((rest) => setImmediate(rest))
    }
    return noted
  }

  function attach(make: (around: Around) => SimClient): Pc {
    const own = chance.fork()
    const pc: Pc = {
      name: `pc${world.pcs.length}`,
      client: null as unknown as SimClient,
      skew: 0,
      online: true,
      net: null as unknown as Net,
      born: '',
      mayBeginAnew: false,
    }
    pc.net = network(
      time,
      own,
      (path, access, body) => serve(pc, path, access, body),
      () => pc.online,
    )
    const around: Around = {
      name: pc.name,
      tenant,
      chance: own,
      now: () => time.now() + pc.skew,
      call: (path, access, body) => {
        pc.net.faults = world.faults.net
        return pc.net.call(path, access, body)
      },
      async direct(path, body) {
        const { faults } = world
        world.faults = NO_FAULTS
        const { status, text } = await handle(app, { path, access: null, body })
        world.faults = faults
        if (status !== 200) throw new Error(`${path}: ${text}`)
        return text
      },
      sha256,
      sign: signature,
      die(point) {
        if (!hit(own, world.faults.clientDies)) return
        world.say(`${pc.name} dies ${point}`)
        // Its book may be a step ahead of what lies beside it, and then it looks as if it had been put back.
        if (/after COMMIT|the anchor/.test(point)) pc.mayBeginAnew = true
        throw new Crash(point)
      },
      disk(statement) {
        if (!hit(own, world.faults.clientDisk)) return
        const code = own.chance(0.5) ? 'SQLITE_FULL' : 'SQLITE_BUSY'
        world.say(`${pc.name} ${code} at ${statement}`)
        throw Object.assign(new Error(code), { code })
      },
      pause: () => (own.chance(0.2) ? new Promise((go) => time.in(1 + own.int(500), () => go())) : Promise.resolve()),
      say: world.say,
      wrong: (line) => void wrong.push(line),
      sizes: { ops: 1 + own.int(6), page: 1 + own.int(8), whole: own.chance(0.5) ? 20_000 : 1 + own.int(10) },
    }
    pc.client = make(around)
    world.pcs.push(pc)
    return pc
  }

  /** The server's side of the wire; null when it died over the request. */
  async function serve(pc: Pc, path: string, access: string | null, body: string): Promise<Answer | null> {
    if (path === PATH.push && isTooLarge(JSON.parse(body) as PushRequest, world.faults.narrow))
      return { status: 413, text: JSON.stringify({ error: 'too_large' }) }
    const answer = await handle(app, { path, access, body: JSON.parse(body) })
    if (answer.status === 500) {
      // Its own death is no accident of the code; anything else was written down by the log.
      if (/server (before|after) commit/.test(wrong.at(-1) ?? '')) wrong.pop()
      world.say(`server dies over ${path} of ${pc.name}`)
      return null
    }
    // A copy of what was refused for its clock is taken once its time has come: then the numbers of what was sent instead are taken.
    if (answer.text.startsWith('{"error":"clock_ahead"') && world.faults.net.duplicate + world.faults.net.ghost > 0)
      pc.mayBeginAnew = true
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
