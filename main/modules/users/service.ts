import type { Person, User, users } from '../../../shared/contract/users.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import { byId, insert, patch, type Row, remove, restore } from '../../db/rows.ts'
import { type Tx, write, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { checkPin, makePin, pinsOf, setPinTx } from './pin.ts'
import { lockSeatTx, seatOf, takeSeatTx } from './seat.ts'
import { user } from './table.ts'

/** Everybody who ever used this book, oldest first. */
export function listUsers(ctx: Ctx): User[] {
  const rows = ctx.db
    .prepare(
      `SELECT u.id, u.name, u.color, u.role, u.share, u.deleted AS "left", p.user_id IS NOT NULL AS has_pin
       FROM user u LEFT JOIN user_pin p ON p.user_id = u.id ORDER BY u.pk`,
    )
    .all() as Array<Omit<User, 'left' | 'has_pin'> & Record<'left' | 'has_pin', 0 | 1>>
  return rows.map((row) => ({ ...row, left: row.left === 1, has_pin: row.has_pin === 1 }))
}

/** The first owner of the book; null before the first run. */
export function ownerOf(ctx: Ctx): User | null {
  return listUsers(ctx).find((u) => u.role === 'owner' && !u.left) ?? null
}

export function addOwnerTx(tx: Tx, name: string, id: string): string {
  return insert(tx, user, { id, name, color: null, role: 'owner' }).id
}

/** Somebody works here with this id; for what belongs to a colleague. Fails with NOT_FOUND. */
export function colleague(tx: Tx, id: string): Row<typeof user> {
  const known = byId(tx.db, user, id)
  if (!known || known.deleted) return fail('NOT_FOUND', { kind: 'user' })
  return known
}

/** Somebody must be left who may manage the book. */
export function keepOwner(tx: Tx): void {
  if (!tx.db.prepare("SELECT 1 FROM user WHERE role = 'owner' AND deleted = 0 LIMIT 1").get()) fail('LAST_OWNER')
}

/**
 * Two who work here and are called the same could not be told apart in any list. Fails with NAME_TAKEN; `id` is who is about to be called so.
 */
function checkName(tx: Tx, name: string, id: string | null): void {
  const others = tx.db.prepare('SELECT id, name FROM user WHERE deleted = 0').all() as { id: string; name: string }[]
  if (others.some((other) => other.id !== id && fold(other.name) === fold(name))) fail('NAME_TAKEN')
}

/** One's own PIN, or a seller's by the owner: owners keep apart from each other too. */
function checkMayPin(ctx: Ctx, of: Row<typeof user>): void {
  const isOwn = of.id === ctx.user?.id
  if (!ctx.byFile && !isOwn && (ctx.user?.role !== 'owner' || of.role === 'owner')) fail('FORBIDDEN')
}

export const usersService: Service<typeof users> = {
  list: (ctx) => listUsers(ctx),
  add: async (ctx, { name, color, role, pin }) => {
    const made = pin === undefined ? null : await makePin(ctx, pin)
    const { result, change } = writeChanged(ctx, 'users.add', (tx) => {
      checkName(tx, name, null)
      const { id } = insert(tx, user, { name, color, role })
      if (made) setPinTx(tx, id, made)
      return id
    })
    return { id: result, change }
  },
  update: (ctx, { id, name, color, role }) => {
    const { change } = writeChanged(ctx, 'users.update', (tx) => {
      const { name: before } = colleague(tx, id)
      // Two that have one name already (brought together by a sync) may still change everything else.
      if (name !== undefined && fold(name) !== fold(before)) checkName(tx, name, id)
      if (patch(tx, user, id, { name, color, role })) keepOwner(tx)
    })
    return { change }
  },
  remove: (ctx, { id }) => {
    const { change } = writeChanged(ctx, 'users.remove', (tx) => {
      colleague(tx, id)
      remove(tx, user, id)
      keepOwner(tx)
    })
    return { change }
  },
  restore: (ctx, { id }) => {
    const { change } = writeChanged(ctx, 'users.restore', (tx) => {
      const known = byId(tx.db, user, id)
      if (!known) return fail('NOT_FOUND', { kind: 'user' })
      if (known.deleted) checkName(tx, known.name, id)
      restore(tx, user, id)
    })
    return { change }
  },
  setPin: async (ctx, { id, pin, current }) => {
    const known = byId(ctx.db, user, id)
    if (!known || known.deleted) return fail('NOT_FOUND', { kind: 'user' })
    checkMayPin(ctx, known)
    const isOwn = !ctx.byFile && id === ctx.user?.id
    if (isOwn) await checkPin(ctx, id, current)
    const made = pin === null ? null : await makePin(ctx, pin)
    write(ctx, 'users.setPin', (tx) => {
      setPinTx(tx, id, made)
      // Who never chose their place sits in it by being the first: a PIN must not put them out.
      if (isOwn) takeSeatTx(tx, id)
    })
    return {}
  },
  people: (ctx) => {
    const waits = pinsOf(ctx)
    const here = seatOf(ctx.db)?.user.id
    return listUsers(ctx).flatMap(({ left, ...one }): Person[] =>
      left ? [] : [{ ...one, wait_until: waits.get(one.id) ?? null, here: one.id === here }],
    )
  },
  enter: async (ctx, { id, pin }) => {
    const known = byId(ctx.db, user, id)
    if (!known || known.deleted) return fail('NOT_FOUND', { kind: 'user' })
    await checkPin(ctx, id, pin)
    write(ctx, 'users.enter', (tx) => {
      colleague(tx, id)
      takeSeatTx(tx, id)
    })
    return {}
  },
  lock: (ctx) => {
    const seat = seatOf(ctx.db)
    if (!seat?.hasPin) fail('NO_PIN')
    else write(ctx, 'users.lock', (tx) => lockSeatTx(tx, seat.user.id))
    return {}
  },
}
