import { DoneReply, MembersReply } from '../../../shared/sync/membership.ts'
import { PATH } from '../../../shared/sync/protocol.ts'
import { ownScope, SCOPE_HOME, shareOf } from '../../../shared/sync/scope.ts'
import type { Db } from '../../db/open.ts'
import { patch } from '../../db/rows.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import type { Door } from '../../sync/door.ts'
import { Refused } from '../../sync/parts.ts'
import type { State } from '../../sync/state.ts'
import { user } from '../users/table.ts'

/** What has an owner and hangs on nothing else (`alone`), by the table ids of the manifest. `live`: what an index finds by its owner. */
const ROOTS = [
  { tbl: 1, table: 'party', alone: '1', live: 'deleted = 0' },
  { tbl: 20, table: 'lead', alone: '1', live: 'deleted = 0' },
  { tbl: 17, table: 'task', alone: 't.party_id IS NULL', live: "status = 'open' AND deleted = 0" },
] as const

const MOST = 500
const SEEN = {}

const seenHead = (db: Db) => db.remember(SEEN, () => ({ head: -1 }))

/** The next round looks through everything again, because the shares themselves are others. */
export function divideAnew(db: Db): void {
  seenHead(db).head = -1
}

/**
 * Lets what has an owner lie in the share of that owner (SYNC.md 9). A scope is moved by a command of the server only, and only owners may give it, so
 * their devices do it after each round that brought or sent something. Several of them find the same, because it follows from the book
 * and the list of members alone. True when something was moved.
 */
export async function divide(ctx: Ctx, state: State, door: Door): Promise<boolean> {
  const { db } = ctx
  const seen = seenHead(db)
  const head = state.seen?.[0] ?? 0
  if (state.role !== 'owner' || seen.head === head || !hasShares(db)) return false
  const { tenant } = state
  let moved = 0
  try {
    const { members } = await door.ask(PATH.members, { tenant }, MembersReply)
    const own = members.filter((m) => shareOf(m.scopes) === 'own').map((m) => m.user)
    if (tell(ctx, state, own)) moved++
    for (const [scope, roots] of misplaced(db, own)) {
      for (let i = 0; i < roots.length; i += MOST) {
        const reply = await door.ask(PATH.move, { tenant, roots: roots.slice(i, i + MOST), scope }, DoneReply)
        moved += reply.count ?? 0
      }
    }
  } catch (error) {
    // No owner any more, as another owner said meanwhile: then it is the others' to do.
    if (!(error instanceof Refused && error.code === 'forbidden')) throw error
  }
  seen.head = head
  return moved > 0
}

/** Says in the list of colleagues who has a share, for those who give them work while the server is away. True when it was not said yet. */
function tell(ctx: Ctx, { user: id }: State, own: readonly string[]): boolean {
  const wrong = ctx.db
    .prepare(
      `SELECT id, share FROM user u WHERE deleted = 0 AND (share IS NULL) = EXISTS (SELECT 1 FROM json_each(?) WHERE value = u.id)`,
    )
    .all(JSON.stringify(own)) as { id: string; share: 'own' | null }[]
  if (wrong.length === 0) return false
  write({ ...ctx, user: { id, name: '', role: 'owner' } }, 'users.update', (tx) => {
    for (const one of wrong) patch(tx, user, one.id, { share: one.share ? null : 'own' })
  })
  return true
}

/** Owners are granted every scope there is. */
const hasShares = (db: Db): boolean =>
  db.prepare('SELECT 1 FROM sync_scope WHERE scope > ? LIMIT 1').get(SCOPE_HOME) !== undefined

/** Ids by the scope they belong into. @param own users with a share of their own */
function misplaced(db: Db, own: readonly string[]): Map<number, string[]> {
  const out = new Map<number, string[]>()
  const shares = new Map(own.map((user) => [user, ownScope(user)]))
  const note = (scope: number, id: string) => out.set(scope, [...(out.get(scope) ?? []), id])
  for (const { tbl, table, alone, live } of ROOTS) {
    const owned = db.prepare(
      `SELECT t.id FROM "${table}" t JOIN sync_row r ON r.tbl = ${tbl} AND r.row = t.pk
       WHERE t.owner_id = ? AND r.scope <> ? AND ${live} AND ${alone}`,
    )
    for (const [user, scope] of shares) for (const { id } of owned.all(user, scope) as { id: string }[]) note(scope, id)
    const lent = db
      .prepare(
        `SELECT t.id, t.owner_id FROM sync_row r CROSS JOIN "${table}" t ON t.pk = r.row
         WHERE r.tbl = ${tbl} AND r.scope > ${SCOPE_HOME} AND ${alone}`,
      )
      .all() as { id: string; owner_id: string | null }[]
    // Whoever has a share of their own was found above.
    for (const { id, owner_id } of lent) if (!shares.has(owner_id ?? '')) note(SCOPE_HOME, id)
  }
  return out
}
