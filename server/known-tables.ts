import type { ManifestRequest } from '../shared/sync/exchange.ts'
import {
  type MergeTables,
  manifestText,
  mergeTables,
  type WireManifest,
  wireManifest,
} from '../shared/sync/merge-spec.ts'
import { type Asker, allowed } from './access.ts'
import type { App } from './app.ts'
import { Refusal } from './refusal.ts'
import type { TenantTx } from './store/store.ts'

export const manifestHash = (app: App, manifest: WireManifest) => app.host.sha256(manifestText(manifest)).slice(0, 32)

/** This program's own tables and those that newer devices of the business have told (SYNC.md 10). */
export async function knownTables(app: App, tx: TenantTx, hashes: readonly string[]): Promise<MergeTables> {
  const key = hashes.join()
  const cached = app.tables.get(key)
  if (cached) return cached
  const told: WireManifest[] = []
  for (const hash of hashes) {
    const manifest = await tx.manifest(hash)
    if (manifest) told.push(manifest)
  }
  const tables = mergeTables([wireManifest(), ...told])
  if (!tables) throw new Refusal('upgrade_required')
  // Few tenants have a list of their own; the cache must not grow with those who make them up.
  if (app.tables.size > 1_000) app.tables.clear()
  app.tables.set(key, tables)
  return tables
}

export function isKnown(app: App, hashes: readonly string[], mh: string): boolean {
  return hashes.includes(mh) || mh === app.manifest
}

const MAX_MANIFESTS = 50

export async function learnManifest(app: App, asker: Asker, request: ManifestRequest): Promise<{ done: true }> {
  await app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device)
    allowed(all)
    const hash = manifestHash(app, request.tables)
    if (isKnown(app, all.manifests, hash)) return
    if (all.manifests.length >= MAX_MANIFESTS) throw new Refusal('too_large')
    const told: WireManifest[] = [request.tables]
    for (const known of all.manifests) {
      const manifest = await tx.manifest(known)
      if (manifest) told.push(manifest)
    }
    // A class never changes: whoever says otherwise is another program.
    if (!mergeTables([wireManifest(), ...told])) throw new Refusal('upgrade_required')
    await tx.addManifest(hash, request.sv, request.tables)
  })
  return { done: true }
}
