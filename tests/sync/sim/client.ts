import type { Fields, Value } from '../../../shared/sync/merge.ts'
import type { Answer } from './net.ts'
import type { Rng } from './rng.ts'
import type { ServerView } from './world.ts'

/** The process of a client died here. */
export class Crash extends Error {}

export const keyOf = (tbl: number, row: string) => `${tbl}:${row}`

/** One change a person makes. kind: put or patch. */
export interface Change {
  tbl: number
  row: string
  kind: number
  f: Fields
}

/** What the simulation lets a client have of the world, and where it can hurt it. */
export interface Around {
  readonly name: string
  readonly tenant: string
  readonly chance: Rng
  /** Epoch ms by this PC's clock, right or wrong. */
  now(): number
  call(path: string, access: string | null, body: string): Promise<Answer>
  /** Past the network and its faults. */
  direct(path: string, body: object): Promise<string>
  sha256(text: string): string
  sign(key: string, text: string): string
  /** Named points at which the process may die: throws Crash. */
  die(point: string): void
  /** Statements that the disk may refuse: throws what SQLite throws. */
  disk(statement: string): void
  /** Other things get a turn. */
  pause(): Promise<void>
  say(line: string): void
  wrong(line: string): void
  /** So small that a few rows are many pages and batches. */
  sizes: { ops: number; page: number; whole: number }
}

/** What the server took of a client, as the client remembers it. f: JSON. */
export interface Acked {
  site: string
  own: number
  row: string
  f: string
}

/** A device with its book: the model (replica.ts) or the real client on a real book. One world, one set of faults and invariants for both. */
export interface SimClient {
  readonly device: string
  readonly user: string
  /** This life's name at the server. */
  site(): string
  join(invite: string, user: string): Promise<void>

  /** Rows that show. */
  keys(): string[]
  /** Values that show, by field. */
  row(key: string): Record<string, Value>
  write(change: Change): void

  /** One round. Throws only Crash. */
  sync(): Promise<void>
  /** What was in memory is gone; what was being asked is never heard of again. */
  kill(): void
  /** What it still has to do or cannot: null when nothing waits, nothing stopped and there is no state in between. */
  undone(): string | null

  /** The whole folder: book, and what lies beside it. */
  copy(): unknown
  /** Another state of the book; `beside` tells whether what lies beside it went back too. */
  putBack(copy: unknown, beside: boolean): void
  /** The disk forgets a row; false when there is none that can go. */
  loseRow(): boolean

  /** Values in its tray: conflicts, refused, set aside. */
  told(): Iterable<Value>
  /** Every value that is anywhere in the book. */
  held(): Iterable<Value>
  acked(): Acked[]
  /** How it differs from the rows it may see (I1, I9), and what is wrong with the book itself (I11). */
  differs(view: ServerView, mayRead: (scope: number) => boolean): Promise<string[]>
}

/** Makes clients of one kind. */
export interface Clients {
  readonly kind: 'model' | 'real'
  make(around: Around): SimClient
  /** The same device with a copy of the book; keys and tokens are the ones of the first. */
  twin(of: SimClient, copy: unknown, around: Around): SimClient
  /** The seed is over. */
  done(): void
}
