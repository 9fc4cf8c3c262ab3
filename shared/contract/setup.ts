import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { TRADES } from '../domain/party.ts'
import { BackupProgress, copyErrors, Path } from './backups.ts'
import { Changed, Id, Instant, line, procedure } from './base.ts'

/** A copy of some book, as a new PC knows it. */
export const FoundCopy = z.object({
  file: z.string(),
  folder: z.string(),
  bytes: z.int(),
  at: Instant,
  /** Whose book it is; null when that was never said. */
  business: z.string().nullable(),
  customers: z.int(),
  activities: z.int(),
  /** Daftar made and checked it as a backup. False: another file that can be read as a book; a restore checks it all the same. */
  checked: z.boolean(),
})
export type FoundCopy = z.infer<typeof FoundCopy>

const onlyBefore = { ALREADY_SET_UP: { status: 409 } } as const

export const setup = {
  /** The first run: the business, its owner and the lists of the trade. */
  start: procedure('open')
    .input(
      z.object({
        business_name: line(200),
        owner_name: line(100),
        trade: z.enum(TRADES),
        money_unit: z.enum(['toman', 'rial']),
      }),
    )
    .errors(onlyBefore)
    .output(z.object({ user_id: Id })),
  /**
   * Copies to begin from instead, newest first: beside the book, in the folders of backups, on drives that can be taken out; or those in `place`,
   * a folder or a copy. This and `restore` are `open`, and answer only while nobody was ever a user of this book: then there is nobody to sign in and
   * nothing to lose, and whoever can start Daftar on this PC could put a copy in the place of the file by hand as well; over the network a session of
   * the host is needed, as for everything. From the first user on it is `backups.restore`, which is the owner's.
   */
  copies: procedure('open')
    .input(z.object({ place: Path.optional() }))
    .errors({ ...onlyBefore, BAD_COPY: copyErrors.BAD_COPY })
    .output(z.array(FoundCopy)),
  /** Puts a copy in the place of the book that was not begun; every window begins anew. */
  restore: procedure('open')
    .input(z.object({ file: Path }))
    .errors({ ...onlyBefore, ...copyErrors })
    .output(eventIterator(BackupProgress)),
  /** Is the sample business in, and how many of its customers are left? */
  sample: procedure('settings.read').output(z.object({ batch: Id.nullable(), customers: z.int() })),
  addSample: procedure('settings.write').output(Changed.extend({ batch: Id, customers: z.int() })),
  /** Takes back all that the sample brought, edited or not; what the user added stays. */
  removeSample: procedure('settings.write').output(Changed),
}
