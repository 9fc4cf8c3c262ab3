import { z } from 'zod'
import { toLatinDigits } from '../domain/persian-text.ts'
import { ROLES } from '../domain/roles.ts'
import { Changed, Id, Instant, line, procedure } from './base.ts'

export const User = z.object({
  id: Id,
  name: z.string(),
  /** A tone of the design (`accent`, `violet` …); null: one that follows from the id. */
  color: z.string().nullable(),
  role: z.enum(ROLES),
  /** Only their own customers come to their devices; null: all. */
  share: z.literal('own').nullable(),
  /** A PIN is asked on this PC. */
  has_pin: z.boolean(),
  /** Works here no more; what was theirs still says their name. */
  left: z.boolean(),
})
export type User = z.infer<typeof User>

/** Somebody who can begin to work at this PC, as the lock screen shows them; never anyone who left. */
export const Person = User.omit({ left: true, share: true }).extend({
  /** Epoch ms before which no PIN of theirs is looked at, after too many wrong ones; null: at once. */
  wait_until: Instant.nullable(),
  /** Works at this PC now, or did when it was locked. */
  here: z.boolean(),
})
export type Person = z.infer<typeof Person>

export const PIN_LENGTH = { min: 4, max: 8 } as const

/** Digits of any keyboard become Latin ones; what else a keyboard may bring along is left out. */
const typed = z
  .string()
  .max(40)
  .transform((text) => toLatinDigits(text).replace(/[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, ''))
/** A new PIN: four to eight digits. */
export const Pin = typed.pipe(z.string().regex(new RegExp(`^\\d{${PIN_LENGTH.min},${PIN_LENGTH.max}}$`)))

/** Seconds until the next PIN is looked at; 0: at once. */
const Wait = z.object({ seconds: z.int() })
const pinErrors = {
  /** The PIN is wrong, or none was given where one is asked. */
  WRONG_PIN: { status: 403, data: Wait },
  /** Too many wrong ones: this one was not even looked at. */
  PIN_WAIT: { status: 429, data: Wait },
} as const
/** Somebody else who works here is called so. */
const nameTaken = { NAME_TAKEN: { status: 409 } } as const
const lastOwner = { LAST_OWNER: { status: 409 } } as const

const color = z.string().max(20).nullable()

export const users = {
  /** Everybody, oldest first, those who left too: names of owners need them, lists to choose from leave them out. */
  list: procedure('users.read').output(z.array(User)),
  add: procedure('users.write')
    .input(z.object({ name: line(100), color: color.default(null), role: z.enum(ROLES), pin: Pin.optional() }))
    .errors(nameTaken)
    .output(Changed.extend({ id: Id })),
  /** Fails with LAST_OWNER where nobody would be left to manage the book, NAME_TAKEN. */
  update: procedure('users.write')
    .input(z.object({ id: Id, name: line(100).optional(), color: color.optional(), role: z.enum(ROLES).optional() }))
    .errors({ ...lastOwner, ...nameTaken })
    .output(Changed),
  /** Works here no more. Fails with LAST_OWNER. */
  remove: procedure('users.write')
    .input(z.object({ id: Id }))
    .errors(lastOwner)
    .output(Changed),
  /** Works here again. Fails with NAME_TAKEN where somebody else is called so by now. */
  restore: procedure('users.write')
    .input(z.object({ id: Id }))
    .errors(nameTaken)
    .output(Changed),
  /**
   * Sets a PIN, or takes it away (null): one's own, saying the one there is; a seller's by the owner. Another owner's only from the command
   * line, by whoever has the file.
   */
  setPin: procedure('users.read')
    .input(z.object({ id: Id, pin: Pin.nullable(), current: typed.optional() }))
    .errors(pinErrors)
    .output(z.object({})),
  /** Who can begin to work at this PC. */
  people: procedure('open').output(z.array(Person)),
  /** Begins to work at this PC; every window of it follows. */
  enter: procedure('open')
    .input(z.object({ id: Id, pin: typed.optional() }))
    .errors(pinErrors)
    .output(z.object({})),
  /** Hides the book until a PIN is given. Fails with NO_PIN where the one at work has none. */
  lock: procedure('users.read')
    .errors({ NO_PIN: { status: 409 } })
    .output(z.object({})),
}
