import { scrypt, timingSafeEqual } from 'node:crypto'
import type { Db } from '../../db/open.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'

/** 16 MB and some 50 ms a guess: nothing to a person, much to a program that tries all PINs of a stolen copy. */
const COST = { N: 16_384, r: 8, p: 1 }
const BYTES = 32

/** Wrong ones in a row that cost nothing but the time of typing. */
const FREE = 4
/** Seconds to wait after the 5th wrong PIN, the 6th, …; the last stays. */
const WAITS = [30, 60, 120, 300, 600, 900] as const

/** How long after so many wrong PINs in a row, in seconds. */
export function waitAfter(misses: number): number {
  return misses <= FREE ? 0 : WAITS[Math.min(misses - FREE, WAITS.length) - 1]!
}

interface Kept {
  salt: string
  hash: string
  misses: number
  wait_until: number | null
}

const keptOf = (db: Db, userId: string) =>
  db.prepare('SELECT salt, hash, misses, wait_until FROM user_pin WHERE user_id = ?').get(userId) as Kept | undefined

/** Milliseconds until a PIN of theirs is looked at. A clock that was set back must not lock anyone out for years. */
function msLeft({ misses, wait_until }: Kept, now: number): number {
  if (wait_until === null || wait_until <= now) return 0
  return Math.min(wait_until - now, waitAfter(misses) * 1000)
}

function hashOf(pin: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, Buffer.from(salt, 'hex'), BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** Keeps what a PIN is checked by, ready to be written: making it takes longer than a transaction may. */
export async function makePin(ctx: Ctx, pin: string): Promise<{ salt: string; hash: string }> {
  // A salt need not be secret, only never the same twice.
  const salt = ctx.ids.next().replaceAll('-', '')
  return { salt, hash: (await hashOf(pin, salt)).toString('hex') }
}

/** Writes the PIN of a user, or takes it away. */
export function setPinTx(tx: Tx, userId: string, made: { salt: string; hash: string } | null): void {
  tx.db.prepare('DELETE FROM user_pin WHERE user_id = ?').run(userId)
  if (made)
    tx.db.prepare('INSERT INTO user_pin (user_id, salt, hash) VALUES (?, ?, ?)').run(userId, made.salt, made.hash)
  tx.touched.add('user_pin')
}

/**
 * Passes where this is the user's PIN, or they have none. Every try is counted before it is looked at, so that many at once are no way
 * around the wait. Fails with WRONG_PIN, PIN_WAIT.
 */
export async function checkPin(ctx: Ctx, userId: string, typed: string | undefined): Promise<void> {
  if (!keptOf(ctx.db, userId)) return
  if (!typed) fail('WRONG_PIN', { seconds: 0 })
  const counted = write(ctx, 'users.tryPin', (tx) => {
    const kept = keptOf(tx.db, userId)
    if (!kept) return null
    const left = msLeft(kept, tx.now)
    // Written again: what was counted by a clock that has been set back since goes on from now.
    if (left > 0) {
      setTries(tx, userId, kept.misses, left)
      return { kept, left, next: left }
    }
    const next = waitAfter(kept.misses + 1) * 1000
    setTries(tx, userId, kept.misses + 1, next)
    return { kept, left: 0, next }
  })
  if (!counted) return
  if (counted.left > 0) fail('PIN_WAIT', { seconds: Math.ceil(counted.left / 1000) })
  const right = timingSafeEqual(await hashOf(typed, counted.kept.salt), Buffer.from(counted.kept.hash, 'hex'))
  if (!right) fail('WRONG_PIN', { seconds: counted.next / 1000 })
  write(ctx, 'users.tryPin', (tx) => setTries(tx, userId, 0, 0))
}

function setTries(tx: Tx, userId: string, misses: number, wait: number): void {
  const until = wait > 0 ? tx.now + wait : null
  tx.db.prepare('UPDATE user_pin SET misses = ?, wait_until = ? WHERE user_id = ?').run(misses, until, userId)
  tx.touched.add('seat')
}

/** Who has a PIN, and epoch ms before which it is not looked at. */
export function pinsOf(ctx: Ctx): Map<string, number | null> {
  const rows = ctx.db.prepare('SELECT user_id, salt, hash, misses, wait_until FROM user_pin').all() as Array<
    Kept & { user_id: string }
  >
  const now = ctx.clock.now()
  return new Map(
    rows.map((row) => {
      const left = msLeft(row, now)
      return [row.user_id, left > 0 ? now + left : null]
    }),
  )
}
