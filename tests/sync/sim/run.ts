import type { Fields } from '../../../shared/sync/merge.ts'
import { PATH } from '../../../shared/sync/protocol.ts'
import type { Clients } from './client.ts'
import { edit, newBook } from './edits.ts'
import { check, forgive } from './invariants.ts'
import { ledger as newLedger } from './ledger.ts'
import { CALM } from './net.ts'
import { rng } from './rng.ts'
import { makeWorld, NO_FAULTS, type Pc, type SimStore, type World } from './world.ts'

/** Each may be on or off in a seed (swarm): what never happens together would never be found. */
export const FEATURES = [
  'drop',
  'lose answers',
  'duplicate',
  'ghosts',
  'truncate',
  'slow',
  'skew',
  'offline',
  'client dies',
  'server dies',
  'client disk',
  'server disk',
  'narrow',
  'client restore',
  'clone',
  'server restore',
  'scopes',
  'rights change',
  'revoke',
  'hole',
] as const
export type Feature = (typeof FEATURES)[number]

export interface Plan {
  seed: number
  steps: number
  pcs: number
  features: ReadonlySet<Feature>
}
export interface Outcome {
  plan: Plan
  wrong: string[]
  trace: string[]
  facts: { ops: number; conflicts: number; refused: number; epochs: number; sites: number; events: number }
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** What field staff may see, from nearly everything to nothing of anybody: [scope, 1 read or 3 write]. */
const STAFF: [number, number][][] = [
  [
    [0, 3],
    [2, 3],
  ],
  [
    [0, 3],
    [2, 3],
    [3, 3],
  ],
  [
    [0, 1],
    [2, 1],
    [3, 3],
  ],
  [
    [0, 3],
    [1, 3],
    [2, 3],
  ],
  [[0, 3]],
]

export function planOf(seed: number): Plan {
  // The plan has its own chance: a shrunk plan runs on the same.
  const of = rng(seed ^ 0x5eed)
  const features = new Set(FEATURES.filter(() => of.chance(0.5)))
  const bits = of.int(2 ** 32)
  return { seed, steps: 60 + (bits % 141), pcs: 2 + ((bits >>> 3) % 4), features }
}

/** A real database takes a hundred times as long as the memory. */
export const shortPlan = (seed: number): Plan => {
  const plan = planOf(seed)
  return { ...plan, steps: Math.min(plan.steps, 50), pcs: Math.min(plan.pcs, 3) }
}

export async function run(plan: Plan, sim: SimStore, clients: Clients): Promise<Outcome> {
  try {
    return await runIn(await makeWorld(plan.seed, sim, clients), plan, sim)
  } finally {
    clients.done()
  }
}

async function runIn(world: World, plan: Plan, sim: SimStore): Promise<Outcome> {
  const { chance, time } = world
  const on = (f: Feature) => plan.features.has(f)
  const ledger = newLedger()
  const book = newBook(plan.seed)
  const out = new Set<Pc>()
  const facts = { serverWasPutBack: false, out }
  const copies = new Map<Pc, unknown>()
  let backup: unknown = null

  world.faults = {
    net: {
      ...CALM,
      drop: on('drop') ? 0.15 : 0,
      loseAnswer: on('lose answers') ? 0.15 : 0,
      duplicate: on('duplicate') ? 0.2 : 0,
      ghost: on('ghosts') ? 0.1 : 0,
      truncate: on('truncate') ? 0.1 : 0,
      html: on('truncate') ? 0.03 : 0,
      delay: on('slow') ? 20_000 : 50,
    },
    clientDies: on('client dies') ? 0.02 : 0,
    clientDisk: on('client disk') ? 0.01 : 0,
    serverDies: on('server dies') ? 0.05 : 0,
    serverDisk: on('server disk') ? 0.05 : 0,
    narrow: on('narrow') ? 0.3 : 0,
  }
  const staff = chance.uuid()
  for (let i = 1; i < plan.pcs; i++) {
    const field = on('scopes') && i % 2 === 1
    const ask = field
      ? {
          user: staff,
          role: 'seller',
          scopes: STAFF[0],
        }
      : { user: world.owner().client.user, role: 'owner', scopes: null }
    const { code } = await world.command<{ code: string }>(PATH.invite, ask)
    await world.addPc(field ? staff : world.owner().client.user, code)
  }
  const live = () => world.pcs.filter((pc) => !out.has(pc))

  for (let step = 0; step < plan.steps; step++) {
    const pc = chance.pick(live())
    const what = chance.int(100)
    if (what < 45) edit(world, ledger, book, pc)
    else if (what < 83) world.sync(pc)
    else if (what < 87 && on('offline')) pc.online = !pc.online
    else if (what < 90 && on('skew')) pc.skew = chance.pick([0, -5 * DAY, 3 * HOUR, 60_000, -HOUR, 10 * 365 * DAY])
    else if (what < 91 && on('client restore')) {
      copies.set(pc, pc.client.copy())
    } else if (what < 92 && on('client restore') && copies.has(pc)) {
      world.say(`${pc.name} is put back to an older day`)
      pc.client.putBack(copies.get(pc), chance.chance(0.4))
      pc.mayBeginAnew = true
      forgive(live(), ledger, await sim.read(world.tenant))
    } else if (what < 93 && on('clone') && world.pcs.length < 7) {
      world.say(`${pc.name} is cloned`)
      const twin = world.clone(pc)
      twin.skew = pc.skew
    } else if (what < 94 && on('server restore')) {
      backup = await sim.snapshot()
      world.say('server: backup')
    } else if (what < 95 && on('server restore') && backup) {
      world.say('server is put back to its backup')
      await sim.restore(backup)
      facts.serverWasPutBack = true
      world.app.tables.clear()
      forgive(live(), ledger, await sim.read(world.tenant))
    } else if (what < 97 && on('scopes') && book.parties.length > 0) {
      const [root, scope] = [chance.pick(book.parties), chance.pick([1, 2, 3])]
      await world.command(PATH.move, { roots: [root], scope })
      world.say(`the owner moves ${root.slice(0, 8)} to scope ${scope}`)
    } else if (what < 98 && on('scopes') && on('rights change')) {
      const scopes = chance.pick(STAFF)
      await world.command(PATH.member, { user: staff, role: 'seller', scopes })
      world.say(`the owner gives the staff ${JSON.stringify(scopes)}`)
    } else if (what < 99 && on('hole') && !on('server restore')) {
      // With a server that forgets as well, it would be nobody's fault that nobody has it.
      if (pc.client.loseRow()) world.say(`${pc.name} loses a row`)
    } else if (
      what === 99 &&
      on('revoke') &&
      pc.client.device !== world.owner().client.device &&
      !facts.serverWasPutBack &&
      out.size === 0
    ) {
      await world.command(PATH.revoke, { device: pc.client.device })
      for (const other of live()) if (other.client.device === pc.client.device) out.add(other)
      world.say(`${pc.name} is revoked`)
    }
    await time.run(time.now() + 1 + chance.int(on('slow') ? 20_000 : 2_000))
  }
  await quiesce(world, live)
  const view = await sim.read(world.tenant)
  // What a revoked PC had not sent stays on it.
  const arrived = new Set(view.ops.flatMap((o) => Object.values(JSON.parse(o.f) as Fields).map(([v]) => v)))
  for (const w of ledger.writes.values()) {
    const pc = world.pcs.find((p) => p.name === w.pc)!
    if (out.has(pc)) w.gone = true
    // What was under way when its book was put back may have come all the same.
    if (arrived.has(w.value)) w.gone = false
  }
  const wrong = await check(world, ledger, view, facts)
  return {
    plan,
    wrong,
    trace: world.trace,
    facts: {
      ops: view.ops.length,
      conflicts: view.conflicts.length,
      refused: view.ops.filter((o) => o.code !== null).length,
      epochs: facts.serverWasPutBack ? 1 : 0,
      sites: view.sites.length,
      events: time.steps(),
    },
  }
}

/** Faults off, everybody online: within 20 rounds every outbox is empty (I13). */
async function quiesce(world: World, live: () => Pc[]): Promise<void> {
  world.faults = NO_FAULTS
  // What is still under way, also for days, comes or is given up; and a clock that is days behind comes to the day of its digests.
  await world.time.run(world.time.now() + 7 * DAY)
  for (const pc of world.pcs) pc.online = true
  world.say('— all quiet')
  for (let round = 0; round < 20; round++) {
    for (const pc of live()) {
      world.sync(pc)
      await world.time.run(world.time.now() + 5 * 60_000)
    }
    if (round > 0 && live().every((pc) => pc.client.undone() === null)) break
  }
  // Once more for everybody, so that all have what the last one sent.
  for (const pc of [...live(), ...live()]) {
    world.sync(pc)
    await world.time.run(world.time.now() + 5 * 60_000)
  }
}

/** The same failure with fewer of everything. */
export async function shrink(failed: Outcome, again: (plan: Plan) => Promise<Outcome>): Promise<Outcome> {
  const kind = (o: Outcome) => o.wrong[0]?.slice(0, 3)
  let best = failed
  const attempt = async (plan: Plan) => {
    const outcome = await again(plan)
    const smaller = outcome.wrong.length > 0 && kind(outcome) === kind(failed)
    if (smaller) best = outcome
    return smaller
  }
  for (const feature of failed.plan.features) {
    const features = new Set(best.plan.features)
    features.delete(feature)
    await attempt({ ...best.plan, features })
  }
  for (let pcs = 2; pcs < best.plan.pcs; pcs++) if (await attempt({ ...best.plan, pcs })) break
  for (let by = best.plan.steps >> 1; by >= 1; by >>= 1) {
    while (best.plan.steps > by && (await attempt({ ...best.plan, steps: best.plan.steps - by })));
  }
  return best
}

/** What a person needs to find it: the smallest way there, and what is wrong at its end. */
export function report({ plan, trace, wrong }: Outcome): string {
  const faults = [...plan.features].join(', ') || 'no faults'
  const head = `seed ${plan.seed} FAILED; shrunk to ${plan.steps} steps, ${plan.pcs} PCs, ${faults}`
  return [head, ...trace, '', ...wrong.slice(0, 8)].join('\n')
}
