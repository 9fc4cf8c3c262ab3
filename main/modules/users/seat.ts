import type { Db } from '../../db/open.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx, CtxUser } from '../../engine/context.ts'
import { setDeviceTx } from '../settings/service.ts'

/** Who works at this PC: two settings of the device. The seat is the device's, so all its windows change together. */
const SEAT_USER = 'seat_user'
const SEAT_LOCKED = 'seat_locked'

export interface Seat {
  user: CtxUser
  hasPin: boolean
  /** Nobody may do anything in this user's name until the PIN is given. */
  locked: boolean
}

/**
 * Whoever was chosen last, or the owner where nobody was (or has left since); null before the first run. Nobody slips into the place of
 * somebody with a PIN: a seat that falls to such a one is locked.
 */
export function seatOf(db: Db): Seat | null {
  const row = db
    .prepare(
      `SELECT u.id, u.name, u.role, p.user_id IS NOT NULL AS has_pin,
         u.id IS (SELECT json_extract(value, '$') FROM device_setting WHERE key = '${SEAT_USER}') AS chosen,
         (SELECT value FROM device_setting WHERE key = '${SEAT_LOCKED}') IS 'true' AS locked
       FROM user u LEFT JOIN user_pin p ON p.user_id = u.id
       WHERE u.deleted = 0 ORDER BY chosen DESC, u.role = 'owner' DESC, u.pk LIMIT 1`,
    )
    .get() as (CtxUser & Record<'has_pin' | 'chosen' | 'locked', 0 | 1>) | undefined
  if (!row || (row.chosen === 0 && row.role !== 'owner')) return null
  const { id, name, role, has_pin, chosen, locked } = row
  return { user: { id, name, role }, hasPin: has_pin === 1, locked: has_pin === 1 && (locked === 1 || chosen === 0) }
}

export function takeSeatTx(tx: Tx, userId: string): void {
  setDeviceTx(tx, SEAT_USER, userId)
  setDeviceTx(tx, SEAT_LOCKED, false)
  tx.touched.add('seat')
}

export function lockSeatTx(tx: Tx, userId: string): void {
  setDeviceTx(tx, SEAT_USER, userId)
  setDeviceTx(tx, SEAT_LOCKED, true)
  tx.touched.add('seat')
}

/** At the start of the program, whoever has a PIN is asked for it. */
export function lockAtStart(ctx: Ctx): void {
  const seat = seatOf(ctx.db)
  if (seat?.hasPin && !seat.locked) write(ctx, 'users.lock', (tx) => lockSeatTx(tx, seat.user.id))
}
