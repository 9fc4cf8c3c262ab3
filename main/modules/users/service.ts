import type { User, users } from '../../../shared/contract/users.ts'
import { byId, insert, patch } from '../../db/rows.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { user } from './table.ts'

/** The people who use this book, oldest first. */
export function listUsers(ctx: Ctx): User[] {
  return ctx.db.prepare('SELECT id, name, color, role FROM user WHERE deleted = 0 ORDER BY pk').all() as User[]
}

/** The owner of the book (one until there are logins); null before the first run. */
export function ownerOf(ctx: Ctx): User | null {
  return listUsers(ctx).find((u) => u.role === 'owner') ?? null
}

export function addOwnerTx(tx: Tx, name: string, id: string): string {
  return insert(tx, user, { id, name, color: null, role: 'owner' }).id
}

export const usersService: Service<typeof users> = {
  list: (ctx) => listUsers(ctx),
  update: (ctx, { id, name, color }) => {
    const { change } = writeChanged(ctx, 'users.update', (tx) => {
      const known = byId(tx.db, user, id)
      if (!known || known.deleted) fail('NOT_FOUND', { kind: 'user' })
      patch(tx, user, id, { name, color })
    })
    return { change }
  },
}
