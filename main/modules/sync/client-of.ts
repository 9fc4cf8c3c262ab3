import { hostname } from 'node:os'
import { insert } from '../../db/rows.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { SyncClient } from '../../sync/client.ts'
import type { Door } from '../../sync/door.ts'
import type { SyncParts } from '../../sync/parts.ts'
import { readState, type State } from '../../sync/state.ts'
import { countOpened } from '../../sync/trays.ts'
import { meet } from '../duplicates/met.ts'
import { setDeviceTx } from '../settings/service.ts'
import { takeSeatTx } from '../users/seat.ts'
import { user } from '../users/table.ts'
import { divide } from './divide.ts'
import { nodeParts } from './node-parts.ts'
import { isStanding, placesOf, settleStanding } from './opened.ts'

const CLIENT = {}
const PARTS = {}
const NAME = 'sync_device_name'

/** The sync of the open book; lives and ends with its connection. */
export function clientOf(ctx: Ctx): SyncClient {
  return ctx.db.remember(CLIENT, () => new SyncClient(ctx, partsOf(ctx), { settled }))
}

export const partsOf = (ctx: Ctx): SyncParts => ctx.db.remember(PARTS, () => ctx.host.sync ?? nodeParts(ctx))

/** What somebody typed, else what this device was called before, by the server or here. */
export function deviceName(ctx: Ctx, given: string | undefined): string {
  const { device } = readState(ctx.db) ?? { device: '' }
  const told = ctx.db.prepare('SELECT name FROM sync_peer WHERE device = ? LIMIT 1').pluck().get(device)
  return given ?? (told as string | undefined) ?? keptName(ctx) ?? hostname().slice(0, 60)
}

function keptName(ctx: Ctx): string | null {
  const kept = ctx.db.prepare('SELECT value FROM device_setting WHERE key = ?').pluck().get(NAME) as string | undefined
  return kept === undefined ? null : (JSON.parse(kept) as string)
}

export function keepDeviceName(ctx: Ctx, name: string): void {
  write(ctx, 'sync.name', (tx) => setDeviceTx(tx, NAME, name))
}

/** Everything is here: whoever this device was registered for works at it, who was entered twice is seen, and customers go to whose share they are. */
async function settled(ctx: Ctx, state: State, door: Door): Promise<boolean> {
  seatOwner(ctx, state)
  await meet(ctx, state.tenant)
  if (countOpened(ctx.db) > 0) settleOpened(ctx)
  return divide(ctx, state, door)
}

/** Whose file was opened may have been let in again, and sent it all. */
function settleOpened(ctx: Ctx): void {
  const standing = placesOf(ctx.db).filter(({ tbl, row }) => isStanding(ctx.db, tbl, row))
  if (standing.length > 0) write(ctx, 'sync.stands', (tx) => settleStanding(tx, standing))
}

/** One the business did not know yet is entered under the device's name. */
function seatOwner(ctx: Ctx, state: State): void {
  const known = ctx.db.prepare('SELECT 1 FROM user WHERE id = ?').get(state.user) !== undefined
  const seated = ctx.db.prepare("SELECT 1 FROM device_setting WHERE key = 'seat_user'").get() !== undefined
  if (known && seated) return
  const name = keptName(ctx) ?? '…'
  write({ ...ctx, user: { id: state.user, name: '', role: 'seller' } }, 'users.add', (tx) => {
    if (!known)
      insert(tx, user, {
        id: state.user,
        name,
        role: state.role === 'owner' ? 'owner' : 'seller',
      })
    if (!seated) takeSeatTx(tx, state.user)
  })
}
