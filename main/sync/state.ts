import type { EncodedOps } from '../../shared/sync/codec.ts'
import { readMeta, setMeta } from '../db/migrate.ts'
import type { Db } from '../db/open.ts'
import { uuidV5 } from '../engine/ids.ts'

/** A batch that is on its way: kept before it is sent, so that sending it again is sending the same. */
export interface Flight {
  site: string
  from: number
  to: number
  prev: string
  hash: string
  replay: boolean
  ops: EncodedOps
  /** Lines of the log: [first seq, how many], in the order of the ops. */
  ranges: [number, number][]
  /** How far the log is sent with it; of what the server lost, how far the list of it (sync_replay). */
  upTo: number
  lost: boolean
}

/** An earlier life of this book, and the last of its own numbers that this one holds. */
export type Ancestor = [site: string, fork: number]

export interface State {
  /** Switched off by the owner: everything is kept, nothing is sent or asked. */
  off: boolean
  address: string
  tenant: string
  device: string
  /** Who registered this device, and what the server lets that user do. */
  user: string
  role: string
  /** Site of meta as it was when `site` was registered: another one there means the book was restored. */
  life: string
  /** The same as the server knows it. */
  site: string
  ancestors: Ancestor[]
  /** null: never pulled. */
  epoch: string | null
  /** Every own change up to this line of the log has been answered. */
  acked: number
  /** Last own number and hash that the server acknowledged. */
  own: number
  hash: string
  flight: Flight | null
  /** Greatest stamp of another device that came. */
  heard: number
  nonce: string
  /** Not yet seeded with rows that are older than the log; then null. Table and pk to go on after. */
  seed: [tbl: number, pk: number] | null
  /** Since the server went back: what it lacks is offered again when everything has been pulled. */
  fill: boolean
  /** Up to which head the server's order before it went back is its order now: what was seen above it is not seen any more. */
  common: number
  /** Up to this line of the log changes were made before that was over; they are sent as what they are, older than the new order. */
  replayUpTo: number
  /** Head and mark of the last answer that was applied, by which a server that was put back is known. */
  seen: [head: number, mark: string] | null
  /** What stopped, until somebody does something about it. */
  stopped: string | null
  /** Devices of the business that the server shut out by itself, and no owner has settled. */
  reused?: number
  /** Manifest the unknown was last looked through with. */
  manifest: string
  checked: number
  pulled: number
}

/** Nothing was sent or asked yet. */
export const freshState = () =>
  ({
    ancestors: [],
    epoch: null,
    acked: 0,
    own: 0,
    hash: '',
    flight: null,
    heard: 0,
    seed: [0, 0],
    fill: false,
    common: 0,
    replayUpTo: 0,
    seen: null,
    stopped: null,
    pulled: 0,
  }) satisfies Partial<State>

const KEY = {}

/** The state of sync in this book, read once a connection; null while sync is off. Written by `saveState`, within the transaction that it belongs to. */
export function readState(db: Db): State | null {
  const row = db.prepare("SELECT v FROM sync_state WHERE k = 'state'").get() as { v: string } | undefined
  if (!row) return null
  const cached = db.remember(KEY, () => ({ text: '', state: null as State | null }))
  if (cached.text !== row.v) {
    cached.text = row.v
    cached.state = JSON.parse(row.v) as State
  }
  const flight = db.prepare("SELECT v FROM sync_state WHERE k = 'flight'").get() as { v: string } | undefined
  return { ...cached.state!, flight: flight ? (JSON.parse(flight.v) as Flight) : null }
}

const PUT = 'INSERT INTO sync_state (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v'

/** Only the given parts change. The batch on its way lies by itself: it is large, and everything else is small. */
export function saveState(db: Db, part: Partial<State>): void {
  const { flight, ...rest } = part
  if (flight) db.prepare(PUT).run('flight', JSON.stringify(flight))
  else if (flight === null) db.prepare("DELETE FROM sync_state WHERE k = 'flight'").run()
  if (Object.keys(rest).length === 0) return
  const row = db.prepare("SELECT v FROM sync_state WHERE k = 'state'").get() as { v: string } | undefined
  db.prepare(PUT).run('state', JSON.stringify({ ...(row ? JSON.parse(row.v) : {}), ...rest }))
}

/** meta.site is 16 hex digits and stands in the log as it is; the server knows it by this id. A site in the log with dashes is another device's. */
export const wireSite = (life: string): string => uuidV5('site', life)

export const lifeOf = (db: Db): string => readMeta(db, 'site') ?? ''

/** How far a writer of this book has seen the server's order: what `write` puts into change_tx.base. */
export function setBase(db: Db): void {
  const scopes = db.prepare('SELECT cursor, state FROM sync_scope').all() as { cursor: number; state: string }[]
  // A scope that is read from its beginning has shown only what it has shown in its newest state.
  const ready = scopes.filter((s) => s.state === 'ready')
  const seen = (ready.length > 0 ? ready : scopes).map((s) => s.cursor)
  setMeta(db, 'base', String(seen.length > 0 ? Math.min(...seen) : 0))
}
