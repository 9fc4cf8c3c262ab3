import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Id, Instant, procedure } from './base.ts'

/** A full path on this PC. */
export const Path = z.string().trim().min(1).max(1000)

export const BACKUP_REASONS = ['auto', 'exit', 'hand', 'migration', 'restore'] as const
/** i18n key `backups:reason.<reason>`. migration, restore: made right before one. */
export const BackupReason = z.enum(BACKUP_REASONS)

/** Why nothing can be put into a folder; `ABSENT` is a stick that is not plugged in. i18n key `backups:folderTrouble.<code>`. */
export const FOLDER_TROUBLES = ['ABSENT', 'READ_ONLY', 'FULL', 'FAILED'] as const
export const FolderTrouble = z.enum(FOLDER_TROUBLES)
export type FolderTrouble = z.infer<typeof FolderTrouble>

export const BackupCopy = z.object({
  file: z.string(),
  folder: z.string(),
  name: z.string(),
  bytes: z.int(),
  /** null of one that cannot be read. */
  at: Instant.nullable(),
  reason: BackupReason.nullable(),
  customers: z.int().nullable(),
  activities: z.int().nullable(),
  /** Changes in its log. */
  changes: z.int().nullable(),
  /** Of this book; a stick may hold copies of others. */
  own: z.boolean(),
  /** newer: of a newer version of Daftar. unchecked: a database that Daftar did not make as a backup. */
  state: z.enum(['good', 'damaged', 'newer', 'unchecked']),
})
export type BackupCopy = z.infer<typeof BackupCopy>

export const BackupSettings = z.object({
  /** Besides `backups` in the data folder, where copies always go. */
  folders: z.array(z.string()).max(2),
  every_hours: z.int(),
  on_exit: z.boolean(),
})
export type BackupSettings = z.infer<typeof BackupSettings>

export const BackupFolder = z.object({
  path: z.string(),
  /** `backups` in the data folder. */
  usual: z.boolean(),
  /** Newest good copy of this book there. */
  newest: Instant.nullable(),
  trouble: FolderTrouble.nullable(),
  /** Since when. */
  since: Instant.nullable(),
})
export type BackupFolder = z.infer<typeof BackupFolder>

/** Far more was changed or deleted since the last copy than a day's work does. Older copies are not thinned until somebody says it is fine. */
export const MassChange = z.object({
  at: Instant,
  /** The last copy before it. */
  before: Instant,
  /** Rows that were there before: changed (deleted ones among them), of how many. */
  changed: z.int(),
  deleted: z.int(),
  of: z.int(),
  table: z.string(),
})
export type MassChange = z.infer<typeof MassChange>

export const BackupStatus = z.object({
  /** Newest good copy of this book, wherever it is; and how many changes came after it. */
  newest: Instant.nullable(),
  changes: z.int(),
  /** What needs somebody: the newest good copy is over three days old, a chosen folder fails, a mass change. Most urgent first. */
  attention: z.array(z.enum(['mass', 'stale', 'folder'])),
  folders: z.array(BackupFolder),
  mass: MassChange.nullable(),
  /** A copy is being made, checked or restored now. */
  running: z.boolean(),
  /** The book was put in place from a copy of this age (null: not known) at that time. */
  restored: z.object({ at: Instant, from: Instant.nullable() }).nullable(),
})
export type BackupStatus = z.infer<typeof BackupStatus>

/** Bytes or tables done, of how many; `present` is the copy of the present book before a restore. */
export const BackupProgress = z.object({
  step: z.enum(['present', 'copy', 'verify', 'done']),
  folder: z.string().nullable(),
  done: z.int(),
  total: z.int(),
  /** Seconds left at the rate so far. */
  left: z.number().nullable(),
  /** With `done`: the copies that were made, and the folders that failed. */
  files: z.array(z.string()),
  failed: z.array(z.object({ folder: z.string(), trouble: FolderTrouble })),
})
export type BackupProgress = z.infer<typeof BackupProgress>

/** What a copy holds, next to what the book holds now. */
export const BackupInside = z.object({
  copy: BackupCopy,
  /** Rows that are not deleted, in the copy and in the book now. */
  counts: z.array(
    z.object({
      table: z.enum(['party', 'party_channel', 'activity', 'task', 'lead', 'tag']),
      copy: z.int(),
      now: z.int(),
    }),
  ),
  /** The last changes in it, newest first; a batch is one. `verb` is a key of `history:verb`. */
  changes: z.array(
    z.object({
      at: Instant,
      user: z.string().nullable(),
      verb: z.string(),
      rows: z.int(),
      batch: Id.nullable(),
      /** Names of the customers it is about, three at most, and of tasks, leads and the like. */
      parties: z.array(z.string()),
      subjects: z.array(z.string()),
    }),
  ),
  /** Changes of the book that are not in it, when it is an earlier state of this book. */
  later: z.int().nullable(),
  /** This book is shared by sync. stays: it is after a restore of the copy too, and what was sent comes back; leaves: the copy is of another book, and a new code is needed. */
  shared: z.enum(['no', 'stays', 'leaves']),
})

export const copyErrors = {
  /** The file cannot be used: i18n key `errors:BAD_COPY`, `why` a key of `backups:copyTrouble`. */
  BAD_COPY: { status: 422, data: z.object({ why: z.enum(['missing', 'damaged', 'not_a_book', 'newer']) }) },
  BACKUP_RUNNING: { status: 409 },
} as const
const folderErrors = {
  BAD_FOLDER: {
    status: 422,
    data: z.object({ why: z.enum(['relative', 'missing', 'not_a_folder', 'read_only', 'own', 'twice']) }),
  },
} as const

export const backups = {
  /** From what is remembered: touches no drive, so it answers at once. */
  status: procedure('settings.read').output(BackupStatus),
  /** Looks into the folders (and `folder`, when given), newest first. */
  list: procedure('settings.read')
    .input(z.object({ folder: Path.optional() }))
    .output(z.array(BackupCopy)),
  /** Makes a copy now in every folder, or in `folder` alone; checks each. Going away stops it. */
  run: procedure('backups.run')
    .input(z.object({ folder: Path.optional() }))
    .errors({ ...folderErrors, BACKUP_RUNNING: copyErrors.BACKUP_RUNNING })
    .output(eventIterator(BackupProgress)),
  /** Walks through a copy and compares its counts. Fails with BAD_COPY. */
  verify: procedure('backups.run')
    .input(z.object({ file: Path }))
    .errors(copyErrors)
    .output(eventIterator(BackupProgress)),
  inspect: procedure('backups.run')
    .input(z.object({ file: Path }))
    .errors(copyErrors)
    .output(BackupInside),
  /** Backs up the present book, then puts the copy in its place; every window begins anew. While it runs the book can be read only. */
  restore: procedure('owner.only')
    .input(z.object({ file: Path }))
    .errors(copyErrors)
    .output(eventIterator(BackupProgress)),
  settings: procedure('settings.read').output(BackupSettings),
  set: procedure('owner.only')
    .input(
      z.object({ folders: z.array(Path).max(2), every_hours: z.int().min(1).max(24), on_exit: z.boolean() }).partial(),
    )
    .errors(folderErrors)
    .output(BackupSettings),
  /** Drives that can be taken out and are here now: what is offered as a second folder. */
  places: procedure('backups.run').output(z.array(z.object({ path: z.string(), name: z.string() }))),
  /** The mass change is as it should be: older copies may be thinned again. */
  settle: procedure('backups.run').output(BackupStatus),
}
