import { manifestText, wireManifest } from '../shared/sync/merge-spec.ts'
import type { App } from './app.ts'
import type { Host } from './host.ts'
import { hub } from './hub.ts'
import { metrics } from './metrics.ts'
import type { Store } from './store/store.ts'

export interface AppOptions {
  trial?: boolean
  maxPushes?: number
}

export async function makeApp(host: Host, store: Store, options: AppOptions = {}): Promise<App> {
  const secret = await store.secret('access', () =>
    [...host.random(32)].map((b) => b.toString(16).padStart(2, '0')).join(''),
  )
  return {
    host,
    store,
    metrics: metrics(),
    secret,
    signed: new Set(),
    trial: options.trial ?? false,
    manifest: host.sha256(manifestText(wireManifest())).slice(0, 32),
    tables: new Map(),
    pushes: { now: 0, max: options.maxPushes ?? 16 },
    rewinds: new Map(),
    seen: new Map(),
    hub: hub(),
  }
}
