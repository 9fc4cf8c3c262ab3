import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { type Db, openDb } from '../../main/db/open.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { MANIFEST } from '../../shared/sync/manifest.ts'
import { firstRun } from '../support/engine.ts'
import { havePostgres, startPostgres } from '../support/postgres.ts'
import { type SyncServer, startSyncServer } from '../support/sync-server.ts'
import { type HostProcess, socketClient, startHost } from '../support/web-host.ts'

/** `npm run soak` asks for 200. Half of them on each database. */
const ROUNDS = Math.ceil(Number(process.env['DAFTAR_SYNC_KILL_ROUNDS'] ?? 20) / 2)
const TIME_LIMIT = ROUNDS * 30_000 + 180_000
/** Every host process compiles the same sources; kept, that is a third of a start. */
process.env['NODE_COMPILE_CACHE'] ??= join(process.cwd(), '.cache', 'node')

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daftar-sync-kill-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What somebody at a device was told is saved. */
interface Told {
  id: string
  added?: string
  about?: string
  note?: string
  removed?: true
}

/** A device: its process, begun again after each kill, and somebody who writes on it without a pause. */
class Device {
  readonly folder = newFolder()
  readonly told: Told[] = []
  readonly #name: string
  #lives = 0
  #host: HostProcess | null = null
  #line: ReturnType<typeof socketClient> | null = null
  #writing: Promise<void> = Promise.resolve()
  #isWriting = false

  constructor(name: string) {
    this.#name = name
    ends.push(() => this.kill())
  }

  get api(): Client {
    return this.#line!.client
  }

  async start(): Promise<void> {
    this.#host = await startHost(this.folder)
    this.#line = socketClient(this.#host)
    // A call that waits for a socket which never opens waits for ever: nobody is killed before.
    await once(this.#line.socket, 'open')
  }

  async kill(): Promise<void> {
    await this.#host?.kill()
    this.#line?.socket.terminate()
    this.#isWriting = false
    await this.#writing
    this.#host = this.#line = null
  }

  /** @param shared a customer that everybody writes to */
  write(shared: string): void {
    this.#isWriting = true
    // What a kill cuts off nobody was told about.
    this.#writing = this.#work(this.api, shared).catch(() => {})
  }

  async #work(api: Client, shared: string): Promise<void> {
    const known: string[] = []
    const life = `${this.#name}${this.#lives++}`
    for (let n = 0; this.#isWriting; n++) {
      const mark = `${life}-${n}`
      const id = known[(n * 7) % known.length]
      if (n % 6 === 3 && id) {
        await api.customers.update({ id, patch: { about: mark } })
        this.told.push({ id, about: mark })
      } else if (n % 6 === 4 && id) {
        await api.activities.log({ activity: { kind: 'note', party_ids: [id], body: mark } })
        this.told.push({ id, note: mark })
      } else if (n % 12 === 5 && id) {
        known.splice(known.indexOf(id), 1)
        await api.customers.remove({ ids: [id] })
        this.told.push({ id, removed: true })
      } else if (n % 6 === 2) {
        await api.customers.update({ id: shared, patch: { about: mark, title: life } })
      } else {
        const added = await api.customers.add({ kind: 'person', last_name: mark })
        known.push(added.id)
        this.told.push({ id: added.id, added: mark })
      }
      await pause(20)
    }
  }

  /** Nobody writes any more; sends and takes in everything. */
  async rest(): Promise<void> {
    this.#isWriting = false
    await this.#writing
    for (;;) {
      const { state, waiting } = await this.api.sync.now()
      // Choices may wait for a person.
      if (waiting === 0 && (state === 'sent' || state === 'attention')) return
      await pause(100)
    }
  }
}

/** The owner's book, and the other devices joined to it. Gives the customer that all will write to. */
async function business(server: SyncServer, [first, ...others]: readonly Device[]): Promise<string> {
  const { api } = first!
  await api.setup.start(firstRun)
  const { id } = await api.customers.add({ kind: 'person', last_name: 'همه' })
  await api.sync.turnOn({ address: server.url, code: server.code! })
  await first!.rest()
  for (const device of others) await letIn(first!, device, server)
  return id
}

async function letIn(owner: Device, device: Device, server: SyncServer): Promise<void> {
  const user_id = (await owner.api.system.status()).user!.id
  const { code } = await owner.api.sync.devices.invite({ user_id, role: 'owner' })
  await device.api.sync.join({ address: server.url, code })
  await device.rest()
}

/** The captured columns of every synced table, by id. */
function rowsOf(db: Db): Record<string, unknown[]> {
  return Object.fromEntries(
    MANIFEST.map((t) => {
      const columns = t.fields.map((f) => `"${f.name}"`).join(', ')
      return [t.name, db.raw.prepare(`SELECT ${columns} FROM "${t.name}" ORDER BY id`).all()]
    }),
  )
}

/** Whatever anybody was told is saved is in this book. */
function expectAll(db: Db, told: readonly Told[]): void {
  const party = db.prepare('SELECT last_name, about, deleted FROM party WHERE id = ?')
  const notes = db.prepare('SELECT count(*) AS n FROM activity WHERE body = ?')
  const number = (mark: string | null) => Number(mark?.split('-')[1] ?? -1)
  for (const { id, added, about, note, removed } of told) {
    const row = party.get(id) as { last_name: string; about: string | null; deleted: number } | undefined
    if (added) expect(row?.last_name).toBe(added)
    // A customer is written to by one device; a later word may have been saved and not told any more.
    if (about) expect(number(row!.about)).toBeGreaterThanOrEqual(number(about))
    if (removed) expect(row?.deleted).toBe(1)
    if (note) expect(notes.get(note)).toEqual({ n: 1 })
  }
}

async function wearOut(database?: string): Promise<void> {
  const data = newFolder()
  let server = await startSyncServer(data, 0, database)
  ends.push(() => server.kill())
  const devices = ['a', 'b', 'c'].map((name) => new Device(name))
  await Promise.all(devices.map((device) => device.start()))
  const shared = await business(server, devices)
  for (const device of devices) device.write(shared)

  const kill = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 50, max: 500 }))
  for (const [who, ms] of fc.sample(kill, { numRuns: ROUNDS })) {
    await pause(ms)
    const device = devices[who]
    if (device) {
      await device.kill()
      await device.start()
      device.write(shared)
    } else {
      await server.kill()
      server = await startSyncServer(data, server.port, database)
    }
  }
  // What the last one sends the first one has to hear.
  for (const device of [...devices, ...devices]) await device.rest()
  // Somebody who comes now has from the server alone what all the others have.
  const comer = new Device('d')
  await comer.start()
  await letIn(devices[0]!, comer, server)
  devices.push(comer)
  for (const device of devices) expect((await device.api.system.check()).problems).toEqual([])
  for (const device of devices) await device.kill()

  const told = devices.flatMap((device) => device.told)
  expect(told.length).toBeGreaterThan(ROUNDS)
  let rows: unknown
  for (const { folder } of devices) {
    const db = openDb(join(folder, 'daftar.db'), { readonly: true })
    try {
      expectAll(db, told)
      rows ??= rowsOf(db)
      expect(rowsOf(db)).toEqual(rows)
    } finally {
      db.close()
    }
  }
}

describe(`three devices and a server, one of them killed ${ROUNDS} times: what anybody was told is saved is everywhere, once, and all books are the same`, () => {
  test('on PGlite', () => wearOut(), TIME_LIMIT)

  test.skipIf(!havePostgres())(
    `on PostgreSQL${havePostgres() ? '' : ' (skipped: there is none on this computer)'}`,
    async () => {
      const postgres = await startPostgres()
      ends.push(() => postgres.stop())
      await wearOut(await postgres.database())
    },
    TIME_LIMIT,
  )
})
