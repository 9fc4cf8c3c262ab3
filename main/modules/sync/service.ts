import { ORPCError } from '@orpc/server'
import type { z } from 'zod'
import type { sync } from '../../../shared/contract/sync.ts'
import { DoneReply, InviteReply, MembersReply } from '../../../shared/sync/membership.ts'
import { PATH } from '../../../shared/sync/protocol.ts'
import { scopesOf, shareOf } from '../../../shared/sync/scope.ts'
import type { Db } from '../../db/open.ts'
import { write, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { resolveConflict } from '../../sync/conflicts.ts'
import { recipients } from '../../sync/known-recipients.ts'
import { devicesOf } from '../../sync/peers.ts'
import { unregister } from '../../sync/register.ts'
import { readState, type State, saveState } from '../../sync/state.ts'
import { keptSealed } from '../../sync/trays.ts'
import { unsentLines } from '../../sync/unsent.ts'
import { checkMayChange } from '../history/write-back.ts'
import { clientOf, partsOf } from './client-of.ts'
import { divideAnew } from './divide.ts'
import { enter, refuse } from './enter.ts'
import { metList } from './met-list.ts'
import { keepOpened } from './opened.ts'
import { openedList } from './opened-told.ts'
import { drop, dropSealed, resend } from './parked.ts'
import { openSealed, saveSealed } from './sealed-file.ts'
import { statusOf } from './status.ts'
import { dropOpened, takeOpened } from './take-opened.ts'
import { conflictList, parkedList, userName } from './told.ts'

const on = (ctx: Ctx): State => {
  const state = readState(ctx.db)
  return state && !state.off ? state : fail('SYNC_OFF')
}

/** Asks the server as this device, for what only it knows. */
async function ask<T>(ctx: Ctx, path: string, body: object, schema: z.ZodType<T>): Promise<T> {
  const { tenant } = on(ctx)
  return clientOf(ctx)
    .door()
    .ask(path, { tenant, ...body }, schema)
    .catch(refuse)
}

export const syncService: Service<typeof sync> = {
  status: (ctx) => statusOf(ctx),
  turnOn: async (ctx, { forget, ...input }, { signal }) => {
    const state = readState(ctx.db)
    const stuck = state !== null && (state.off || state.stopped !== null)
    if (state && !stuck && !forget) return fail('SYNC_ALREADY_ON')
    if (!state || !forget) return enter(ctx, input, signal)
    clientOf(ctx).stop()
    try {
      // Where the same business is reached in another way, nothing is forgotten.
      return await enter(ctx, input, signal)
    } catch (error) {
      if (!(error instanceof ORPCError && error.code === 'SYNC_OTHER_BUSINESS')) {
        // It goes on with the server it has.
        clientOf(ctx).start()
        throw error
      }
      await unregister(ctx, partsOf(ctx))
      return enter(ctx, input, signal)
    }
  },
  join: (ctx, input, { signal }) => {
    if (ctx.db.prepare('SELECT 1 FROM user LIMIT 1').get()) return fail('ALREADY_SET_UP')
    return enter(ctx, input, signal)
  },
  reconnect: (ctx, input, { signal }) => {
    const state = readState(ctx.db)
    if (!state || state.off) return fail('SYNC_OFF')
    if (state.stopped === null) return fail('SYNC_ALREADY_ON')
    return enter(ctx, { ...input, address: state.address }, signal)
  },
  turnOff: (ctx) => {
    if (readState(ctx.db)) {
      clientOf(ctx).stop()
      write(ctx, 'sync.off', (tx) => {
        saveState(tx.db, { off: true })
        tx.touched.add('sync')
      })
    }
    return statusOf(ctx)
  },
  resume: (ctx) => {
    if (!readState(ctx.db)) return fail('SYNC_OFF')
    write(ctx, 'sync.on', (tx) => {
      saveState(tx.db, { off: false })
      tx.touched.add('sync')
    })
    clientOf(ctx).start()
    clientOf(ctx).kick()
    return statusOf(ctx)
  },
  now: async (ctx) => {
    await clientOf(ctx).sync()
    return statusOf(ctx)
  },
  conflicts: {
    list: (ctx, { limit }) => conflictList(ctx.db, limit),
    keep: (ctx, { id, keep }) => {
      const { change } = writeChanged(ctx, 'sync.keep', (tx) => {
        const row = tx.db.prepare('SELECT tbl FROM sync_conflict WHERE id = ?').get(id) as { tbl: number } | undefined
        if (row) checkMayChange(ctx, [row.tbl], false)
        if (!resolveConflict(tx, id, keep)) fail('NOT_FOUND', { kind: 'conflict' })
      })
      return { change }
    },
  },
  met: ({ db }, { limit }) => metList(db, limit),
  parked: {
    list: (ctx, { limit }) => parkedList(ctx.db, limit),
    resend: (ctx, { id }) => ({ change: writeChanged(ctx, 'sync.resend', (tx) => resend(tx, ctx, id)).change }),
    drop: (ctx, { id }) => {
      write(ctx, 'sync.drop', (tx) => drop(tx, ctx, id))
      return {}
    },
  },
  sealed: {
    kept: ({ db }) => {
      const { changes: aside, since } = keptSealed(db)
      return { aside, since, unsent: unsentLines(db, true).length, recipients: recipients(db).length }
    },
    save: (ctx, { all }) => saveSealed(ctx, all),
    drop: (ctx) => {
      write(ctx, 'sync.drop', dropSealed)
      return {}
    },
    open: async (ctx, { file }) => {
      const opened = await openSealed(ctx, file)
      const kept = write(ctx, 'sync.open', (tx) => keepOpened(tx, partsOf(ctx).crypto, opened))
      return { ...kept, closed: opened.closed }
    },
    opened: ({ db }, { limit }) => openedList(db, limit),
    take: (ctx, { id }) => {
      const { result, change } = writeChanged(ctx, 'sync.take', (tx) => takeOpened(tx, id))
      return { ...result, change }
    },
    leave: (ctx, { id }) => {
      write(ctx, 'sync.leave', (tx) => dropOpened(tx, id))
      return {}
    },
  },
  devices: {
    list: async (ctx) => {
      const state = on(ctx)
      const devices = await devicesOf(ctx, clientOf(ctx).door()).catch(refuse)
      return devices.map((d) => ({
        id: d.device,
        name: d.name,
        platform: d.platform,
        user_id: d.user,
        user_name: userName(ctx.db, d.user),
        registered_at: d.registered,
        seen_at: d.seen,
        revoked_at: d.revoked,
        why: d.why,
        here: d.device === state.device,
      }))
    },
    rename: async (ctx, { id, name }) => {
      await ask(ctx, PATH.rename, { device: id, name }, DoneReply)
      return {}
    },
    revoke: async (ctx, { id }) => {
      await ask(ctx, PATH.revoke, { device: id }, DoneReply)
      await devicesOf(ctx, clientOf(ctx).door()).catch(refuse)
      return {}
    },
    invite: async (ctx, { user_id, role, share }) => {
      const { address } = on(ctx)
      const member = (await membersOf(ctx)).find((m) => m.user === user_id)
      const isOther = share !== undefined && member?.role !== 'owner' && member && shareOf(member.scopes) !== share
      if (!member || isOther) await saveShare(ctx, user_id, member?.role ?? role, share ?? 'all')
      const reply = await ask(ctx, PATH.invite, { user: user_id, role, scopes: null }, InviteReply)
      return { code: reply.code, address, expires_at: reply.expires }
    },
  },
  members: {
    list: async (ctx) => {
      const members = await membersOf(ctx)
      const count = (where: string, ...values: string[]) =>
        (ctx.db.prepare(`SELECT count(*) AS n FROM party WHERE deleted = 0${where}`).get(...values) as { n: number }).n
      const there = [...members.map((m) => m.user), ...colleagues(ctx.db).map((u) => u.id)]
      return {
        customers: count(''),
        members: [...new Set(there)].map((id) => {
          const member = members.find((m) => m.user === id)
          return {
            user_id: id,
            user_name: userName(ctx.db, id),
            role: member?.role ?? roleOf(ctx.db, id),
            share: member ? shareOf(member.scopes) : 'none',
            own: count(' AND owner_id = ?', id),
          }
        }),
      }
    },
    share: async (ctx, { user_id, share }) => {
      const member = (await membersOf(ctx)).find((m) => m.user === user_id)
      const role = member?.role ?? roleOf(ctx.db, user_id)
      if (role === 'owner' && share !== 'all') return fail('FORBIDDEN')
      await saveShare(ctx, user_id, role, share)
      return {}
    },
  },
}

const colleagues = (db: Db) =>
  db.prepare('SELECT id, role FROM user WHERE deleted = 0 ORDER BY pk').all() as { id: string; role: string }[]

const roleOf = (db: Db, id: string): string =>
  colleagues(db).find((user) => user.id === id)?.role ?? fail('NOT_FOUND', { kind: 'user' })

const membersOf = async (ctx: Ctx) => (await ask(ctx, PATH.members, {}, MembersReply)).members

async function saveShare(ctx: Ctx, user: string, role: string, share: 'all' | 'own'): Promise<void> {
  const given = role === 'owner' ? 'all' : share
  await ask(ctx, PATH.member, { user, role, scopes: scopesOf(given, user) }, DoneReply)
  divideAnew(ctx.db)
  clientOf(ctx).kick()
}
