import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { z } from 'zod'
import type { TimelineEntry, TimelineKind } from '../../shared/contract/activities.ts'
import type { TodaySection } from '../../shared/contract/today.ts'
import type { IsoDay } from '../../shared/domain/jalali.ts'
import type { Query } from '../../shared/domain/search-tokens.ts'
import type { Db } from '../db/open.ts'
import type { Tx } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import type { ExportSheet } from './exports/sheet.ts'

export interface CheckProblem {
  code: string
  count: number
  sample: string
}

/** For whom and when the page of today is put together. */
export interface TodayAt {
  /** The day in the business time zone, and the instant (epoch ms) at which it begins. */
  day: IsoDay
  from: number
  /** Who looks. */
  user: string
  /** Whose things are this user's: the own, nobody's (null), and those of colleagues who are gone. */
  owners: readonly (string | null)[]
  /** Lines of a section; 0 when only its counts are wanted. */
  limit: number
}

/** What is asked of a source of the timeline. */
export interface TimelineAsk {
  /** Living or deleted, but not merged. */
  partyId: string
  /** Some of its own kinds, never none. */
  kinds: readonly TimelineKind[]
  /** Only what holds these words; a source whose entries have none gives nothing then. */
  search: Query | null
  /** `place` of the last of its entries that was shown; null: from the newest on. */
  after: unknown
  limit: number
}

/** Entries of one kind of thing on the timeline of a customer; main/modules/activities/timeline.ts merges all sources, at one instant in the order of modules. */
export interface TimelineSource {
  kinds: readonly TimelineKind[]
  /**
   * Newest first, `limit` at most, read by key so that the tenth page costs what the first did. `place` is plain JSON that only this source
   * understands; one it does not understand means: from the newest on.
   */
  page(ctx: Ctx, ask: TimelineAsk): Array<{ place: unknown; entry: z.input<typeof TimelineEntry> }>
}

/**
 * What a module gives to the rest, declared once and listed in main/modules/index.ts; a later module needs no edit in an earlier one.
 * Contributions to screens that do not exist yet (timeline, reminders, segment and import fields) get their
 * place here with the issue that brings the screen.
 */
export interface Module {
  name: string
  /** Tables this module owns; nobody else writes to them. */
  tables: SQLiteTable[]
  /** Its part of the contract, under `name`; typed by Service<…> where it is written. */
  service: object
  /**
   * Rebuilds derived columns and search rows of these rows (all when omitted), after an undo, a version change of search or sort keys, or when they
   * came from another device. `later`: rows that get a turn of their own after this one, so that nobody makes them twice.
   */
  rederive?: (tx: Tx, table: string, pks: number[], later?: (table: string, pk: number) => boolean) => void
  rederiveAll?: (ctx: Ctx) => void
  /**
   * By table: the column by which rows are sorted, where it is made of the row alone. Rows that come from another device have it as they are put in, and are
   * not moved in its index when their turn comes.
   */
  sorted?: Readonly<Record<string, { column: string; keyOf(value: (column: string) => unknown): string }>>
  /** A customer goes by another name: for search rows that hold it. */
  renamed?: (tx: Tx, partyId: string) => void
  /** Settings of the business are others now: for what was derived from them. */
  settingsChanged?: (tx: Tx, keys: readonly string[]) => void
  /** Module's own part of `check`: search index against rows and the like. Only reads, on a connection of the reader's. */
  check?: (at: { db: Db }) => CheckProblem[] | Promise<CheckProblem[]>
  /** Its part of a customer's timeline. */
  timeline?: TimelineSource
  /** Tables of users' data as «everything» gives them out; named in locales `exports:table.<table>` and `exports:field.<table>.<column>`. */
  exportSheets?: readonly ExportSheet[]
  /**
   * Its sections of the page of today, the most important line first, counts up to TODAY_MOST (main/modules/today/tally.ts). Runs at every
   * change of the book that the page shows, so each statement walks an index and stops; an empty section is left out of the page.
   */
  today?: (ctx: Ctx, at: TodayAt) => TodaySection[]
  /** When the book has been opened and this process alone has the folder: for files left over from before. Must be quick. */
  opened?: (ctx: Ctx) => void
  /** Work beside the calls, for a host that stays (main/engine/chores.ts); must not throw, and stays off this thread for long reading. */
  chore?: {
    /** @param started epoch ms, only just after the program was started: what the last exit left undone can be made up for */
    everyMinute(ctx: Ctx, started: number | null): Promise<void>
    /** Before the book is closed; seconds at most. @param underWay what was begun by the minute and has not ended */
    atExit(ctx: Ctx, underWay: Promise<void>): Promise<void>
  }
}
