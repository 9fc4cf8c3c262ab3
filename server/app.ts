import type { MergeTables } from '../shared/sync/merge-spec.ts'
import type { Host } from './host.ts'
import type { Hub } from './hub.ts'
import type { Metrics } from './metrics.ts'
import type { Store } from './store/store.ts'

/** What every request has at hand. */
export interface App {
  readonly host: Host
  readonly store: Store
  readonly metrics: Metrics
  /** Signs access tokens. */
  readonly secret: string
  /** Access tokens whose signature is known to be good (access.ts). */
  readonly signed: Set<string>
  /** Says that this server keeps its data where a power cut can take it. */
  readonly trial: boolean
  /** Hash of this program's own manifest. */
  readonly manifest: string
  /** Tables of manifests that are in force together, by their hashes. */
  readonly tables: Map<string, MergeTables>
  /** Pushes at work now, and how many there may be. */
  readonly pushes: { now: number; max: number }
  /** Epochs begun by themselves, by tenant: when (epoch ms). */
  readonly rewinds: Map<string, number[]>
  /** When a device's last contact was written down, epoch ms. */
  readonly seen: Map<string, number>
  readonly hub: Hub
}
