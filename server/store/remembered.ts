import type { AuthorRow, DeviceRow, Gathered, MemberRow, SiteRow, TenantState } from './store.ts'

/** The row of a business, by which is seen that nothing of it was changed: the mark is another after every push, the facts after everything else (schema.ts). */
export interface Version extends TenantState {
  facts: string
}

/** What a request begins with, as it was when the business had this version. Never changed: whatever is written makes another one. */
export interface Remembered {
  readonly version: Version
  readonly scopes: readonly number[]
  readonly sites: readonly SiteRow[]
  readonly authors: readonly AuthorRow[]
  readonly manifests: readonly string[]
  readonly devices: ReadonlyMap<string, { device: DeviceRow; member: MemberRow | null }>
}

const MOST = 5_000

/** Of the businesses whose devices wrote last, in this process. */
export interface Remembering {
  get(tenant: string): Remembered | undefined
  /** null: nothing is known any more. */
  set(tenant: string, what: Remembered | null): void
}

export function remembering(): Remembering {
  const all = new Map<string, Remembered>()
  return {
    get: (tenant: string) => all.get(tenant),
    set(tenant: string, what: Remembered | null) {
      // A Map keeps the order in which keys came: the oldest goes first.
      all.delete(tenant)
      if (what === null) return
      if (all.size >= MOST) all.delete(all.keys().next().value!)
      all.set(tenant, what)
    },
  }
}

export const isSame = (a: Version, b: Version): boolean =>
  a.head === b.head && a.epoch === b.epoch && a.mark === b.mark && a.facts === b.facts

/** What was gathered for a device, together with the other devices that were heard of under the same version. */
export function withGathered(version: Version, all: Gathered, before: Remembered | null): Remembered {
  const { scopes, sites, authors, manifests, device, member } = all
  const devices = new Map(before?.devices)
  if (device) devices.set(device.id, { device, member })
  return { version: { ...version, ...all.state }, scopes, sites, authors, manifests, devices }
}
