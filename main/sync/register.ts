import { RegisterReply, signedText } from '../../shared/sync/membership.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { readMeta, setMeta } from '../db/migrate.ts'
import { write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import { Door, hex } from './door.ts'
import { type Keys, Refused, type SyncParts } from './parts.ts'
import { manifestHash } from './rounds.ts'
import { freshState, lifeOf, readState, type State, saveState, setBase, wireSite } from './state.ts'

export interface Joining {
  address: string
  /** As typed; case, spaces and dashes do not count. */
  code: string
  /** What this device shall be called. */
  name: string
  platform: string
  /** The user of this book who registers it. */
  user: string
}

/** Somebody waits at the form; a server that lets in answers within seconds. */
const FIRST_MS = 15_000

/**
 * This device becomes one of a business (SYNC.md 11). Its key and tokens are kept before the server is asked: after a lost answer asking again is
 * the same registration. Everything the book holds is sent from the beginning of its log. `signal`: whoever asked goes away. Throws Refused, Unreachable.
 */
export async function register(ctx: Ctx, parts: SyncParts, joining: Joining, signal?: AbortSignal): Promise<State> {
  const before = readState(ctx.db)
  const held = await parts.keys.read()
  const isRepeat = held !== null && (held.tenant === null || held.code === joining.code)
  const keys: Keys = { ...(isRepeat ? held : freshKeys(ctx, parts, held)), code: joining.code }
  await parts.keys.write(keys)
  const door = new Door(parts, joining.address)
  // A book that was a device of this business before: a name for the time being, and then the way every restored book goes (life.ts).
  const own = wireSite(lifeOf(ctx.db))
  const again = before !== null && (before.life !== lifeOf(ctx.db) || held === null)
  const site = again ? wireSite(`${keys.device} once`) : own
  const say = (as: string) => {
    const next = parts.crypto.sha256(keys.token)
    const text = signedText('register', joining.code, keys.device, as, next)
    const body = {
      invite: joining.code,
      tenant: before?.tenant ?? null,
      device: keys.device,
      name: joining.name,
      platform: joining.platform,
      key: keys.key,
      user: before?.user || joining.user,
      site: as,
      next,
      sig: parts.crypto.sign(keys.secret, text),
    }
    return door.say(PATH.register, null, body, RegisterReply, { ms: FIRST_MS, signal })
  }
  let used = site
  let reply: Awaited<ReturnType<typeof say>>
  try {
    reply = await say(site)
  } catch (error) {
    // The site is another device's, which is in: this is a copy of its book.
    if (!(error instanceof Refused && error.code === 'forbidden')) throw error
    used = wireSite(`${keys.device} once`)
    reply = await say(used)
  }
  await parts.keys.write({ ...keys, tenant: reply.tenant })
  // Whoever came in under a name for the time being begins a new life with the first round.
  if (used !== own) parts.anchor.write(null)
  const nonce = hex(parts.bytes(8))
  const isNew = before === null || before.tenant !== reply.tenant
  // First: a book that is registered and has none beside it would begin another life.
  if (isNew && used === own) parts.anchor.write({ site: used, nonce, next: null, own: 0, machine: parts.machine() })
  write(ctx, 'sync.register', (tx) => {
    const { db } = tx
    const common = {
      address: joining.address,
      tenant: reply.tenant,
      device: reply.device,
      user: reply.user,
      role: reply.role,
      stopped: null,
      off: false,
    }
    if (!isNew) saveState(db, used === own ? { ...common, site: own, life: lifeOf(db) } : common)
    else {
      const state: State = {
        ...freshState(),
        ...common,
        life: lifeOf(db),
        site: used,
        epoch: reply.epoch,
        nonce,
        manifest: manifestHash(parts),
        checked: parts.now(),
      }
      saveState(db, state)
      const scope = db.prepare(
        "INSERT INTO sync_scope (scope, cursor, rights, state) VALUES (?, 0, ?, 'catching') ON CONFLICT DO NOTHING",
      )
      for (const [id, rights] of reply.granted) scope.run(id, rights)
      setBase(db)
    }
    if (readMeta(db, 'offset') === null) setMeta(db, 'offset', '0')
    tx.touched.add('sync')
  })
  return readState(ctx.db)!
}

const SECRETS_KEPT = 10

function freshKeys(ctx: Ctx, parts: SyncParts, held: Keys | null): Omit<Keys, 'code'> {
  const { key, secret } = parts.crypto.newKey()
  const before = held ? { before: [held.secret, ...(held.before ?? [])].slice(0, SECRETS_KEPT) } : {}
  const device = ctx.ids.next()
  return { tenant: null, device, key, secret, token: hex(parts.bytes(32)), gen: 0, next: null, ...before }
}

/** Sync is off: the book is as it was before, with everything that came. What the server knows of this device the owner takes away there. */
export async function unregister(ctx: Ctx, parts: SyncParts): Promise<void> {
  write(ctx, 'sync.off', (tx) => {
    const tables = tx.db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'sync\\_%' ESCAPE '\\' AND name NOT IN ('sync_conflict', 'sync_unknown', 'sync_quarantine', 'sync_opened', 'sync_peer', 'sync_derive')",
      )
      .all() as { name: string }[]
    for (const { name } of tables) tx.db.prepare(`DELETE FROM "${name}"`).run()
    // Another registration is another life: this site's numbers at the server are not continued.
    setMeta(tx.db, 'site', hex(parts.bytes(8)))
    setMeta(tx.db, 'base', '0')
    tx.touched.add('sync')
  })
  await parts.keys.write(null)
  parts.anchor.write(null)
}
