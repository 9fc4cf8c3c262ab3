import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Instant, line, procedure } from './base.ts'

/** backup: the newest sound copy, with the changes since then from the damaged book's log. salvage: every row that can still be read. */
export const RECOVERY_WAYS = ['backup', 'salvage'] as const
export const RecoveryWay = z.enum(RECOVERY_WAYS)
export type RecoveryWay = z.infer<typeof RecoveryWay>

/** What is in a book: rows that are not deleted, and how far its log goes. */
export const RecoveryCounts = z.object({
  customers: z.int(),
  channels: z.int(),
  notes: z.int(),
  changes: z.int(),
  /** Of the last change. */
  last_at: Instant.nullable(),
})

export const RecoveryCopy = z.object({ file: z.string(), at: Instant, customers: z.int(), activities: z.int() })

/** A book that was made ready and checked, and waits for somebody to choose it. */
export const RecoveredBook = z.object({
  way: RecoveryWay,
  made_at: Instant,
  counts: RecoveryCounts,
  /** `check` finds nothing in it; another one is never offered. */
  sound: z.boolean(),
  /** Only of `backup`: the copy it began from, copies that turned out to be damaged, and the changes made again. */
  backup: z
    .object({
      copy: RecoveryCopy,
      damaged_copies: z.array(z.string()),
      /**
       * Whether the book went on from this copy. `other`: it went another way, as an older one had been restored in between; `unread`: too little
       * of its log could be read to tell. Nothing was added then.
       */
      line: z.enum(['same', 'other', 'unread']),
      changes: z.int(),
      /** At least so many could not be read. */
      changes_lost: z.int(),
      /** Of changes that did come, single lines that could not be read, at least; and rows that came from the tables instead. */
      lines_lost: z.int(),
      rows: z.int(),
    })
    .nullable(),
  /** Only of `salvage`. */
  salvage: z
    .object({
      /** `lost`: at least so many are missing. `from_log`: of the saved, those put together from the history. */
      tables: z.array(z.object({ table: z.string(), saved: z.int(), from_log: z.int(), lost: z.int() })),
      /** Rows that point at one that is gone, by table and field; they are kept. */
      orphans: z.array(z.object({ table: z.string(), field: z.string(), rows: z.int() })),
      /** No user could be read, so one was made. */
      owner_made: z.boolean(),
      /** No customer and no note was saved, and there is more missing than that: nothing that would be worth opening. */
      nothing: z.boolean(),
    })
    .nullable(),
})
export type RecoveredBook = z.infer<typeof RecoveredBook>

export const RecoveryState = z.object({
  /** The damaged file, and its size with its -wal. */
  file: z.string(),
  bytes: z.int(),
  /** Copies of the book in the folders of backups, newest first. */
  copies: z.array(RecoveryCopy),
  /** Made ready before, from the file as it is now. */
  books: z.array(RecoveredBook),
})
export type RecoveryState = z.infer<typeof RecoveryState>

export const RecoveryProgress = z.object({
  phase: z.enum(['copy', 'read', 'log', 'derive', 'check', 'done']),
  done: z.int(),
  /** 0: not known. */
  total: z.int(),
  /** With `done`. */
  book: RecoveredBook.nullable(),
})
export type RecoveryProgress = z.infer<typeof RecoveryProgress>

const errors = {
  /** The book is open, or its trouble is another: nothing here may touch it. */
  NOT_DAMAGED: { status: 409 },
} as const

/**
 * A damaged book. These are `open`, and answer only while the engine's trouble is DAMAGED: who may do it stands in a file that cannot be read, so
 * nobody can be signed in. Whoever can start Daftar on this PC could put a copy in the place of the file by hand as well; over the network a
 * session of the host is needed, as for everything. Nothing is taken away: the damaged file goes into a folder of its own, unchanged.
 */
export const recovery = {
  /** What there is to begin from. Looks into the folders of backups. */
  state: procedure('open').errors(errors).output(RecoveryState),
  /** Makes a new book ready beside the damaged one, which is only read. Going away stops it; the last event brings the book. */
  prepare: procedure('open')
    .input(
      z.object({
        way: RecoveryWay,
        /** For the owner of a salvaged book in which no user can be read. */
        owner_name: line(100),
      }),
    )
    .errors({ ...errors, NO_SOUND_COPY: { status: 404 }, NEWER_BOOK: { status: 409 } })
    .output(eventIterator(RecoveryProgress)),
  /** Puts the damaged file with its -wal aside (`kept`: the folder) and opens the prepared book in its place. */
  use: procedure('open')
    .input(z.object({ way: RecoveryWay }))
    .errors({ ...errors, NOT_PREPARED: { status: 409 } })
    .output(z.object({ kept: z.string() })),
}
