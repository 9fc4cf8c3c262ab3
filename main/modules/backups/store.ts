import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { BackupSettings, FolderTrouble, MassChange } from '../../../shared/contract/backups.ts'
import { backupsNote } from '../../db/backup-folders.ts'
import { writeWhole } from '../../db/sync-disk.ts'

/** The newest good copy of this book in a folder. */
export const Good = z.object({
  file: z.string(),
  at: z.int(),
  bytes: z.int(),
  /** Epoch ms at which it was last walked through. */
  checked: z.int(),
  /** Last numbers of the change log in it, and the life of the book they belong to. */
  tx: z.int(),
  seq: z.int(),
  site: z.string(),
  /** Rows of every table in it. */
  counts: z.record(z.string(), z.int()),
})
export type Good = z.infer<typeof Good>

const FolderState = z.object({
  good: Good.nullable().default(null),
  /** Epoch ms of the last try that failed, why, and since when; null after one that did not. */
  failed: z.object({ at: z.int(), trouble: FolderTrouble, since: z.int() }).nullable().default(null),
})
export type FolderState = z.infer<typeof FolderState>

const Store = z.object({
  settings: BackupSettings,
  folders: z.record(z.string(), FolderState),
  mass: MassChange.nullable(),
  /** The change up to which somebody said that a mass change is fine. */
  settled: z.int(),
  /** How long a byte takes, copied and checked, in ms; null until measured. */
  pace: z.number().nullable(),
})
export type Store = z.infer<typeof Store>

const EMPTY: Store = {
  settings: { folders: [], every_hours: 4, on_exit: true },
  folders: {},
  mass: null,
  settled: 0,
  pace: null,
}

/**
 * Where copies go and how that went, in `backups.json` beside the book and not in it: it must be there when the book is damaged, and must
 * not go back in time with a restored one.
 */
const storeFile = backupsNote

/** What cannot be read part by part has its default: a damaged file must not stop backups. */
export function readStore(folder: string): Store {
  let json: Record<string, unknown>
  try {
    json = JSON.parse(readFileSync(storeFile(folder), 'utf8')) as Record<string, unknown>
  } catch {
    return structuredClone(EMPTY)
  }
  const part = <K extends keyof Store>(key: K): Store[K] => {
    const read = Store.shape[key].safeParse(json?.[key])
    return (read.success ? read.data : structuredClone(EMPTY[key])) as Store[K]
  }
  return {
    settings: part('settings'),
    folders: part('folders'),
    mass: part('mass'),
    settled: part('settled'),
    pace: part('pace'),
  }
}

/** Read, changed and written whole in one go; there is one process and nothing waits in between. */
export function updateStore(folder: string, change: (store: Store) => void): Store {
  const store = readStore(folder)
  change(store)
  writeWhole(storeFile(folder), `${JSON.stringify(store, null, 1)}\n`)
  return store
}

export const stateOf = (store: Store, folder: string): FolderState =>
  store.folders[folder] ?? { good: null, failed: null }

/** The newest good copy wherever it is. One of this life of the book goes before any of another: after a restore those are of what went. */
export function newestGood(store: Store, site: string | null): Good | null {
  const goods = Object.values(store.folders).flatMap(({ good }) => good ?? [])
  const own = goods.filter((good) => good.site === site)
  const all = own.length > 0 ? own : goods
  return all.reduce<Good | null>((newest, good) => (newest && newest.at >= good.at ? newest : good), null)
}
