import type { SiteRow } from './store/store.ts'

/** Up to which site_seq the past of `site` holds another site: itself wholly, its ancestors up to where the incarnations parted. */
export function knowledge(sites: readonly SiteRow[], site: string): (other: string) => number {
  const byId = new Map(sites.map((s) => [s.id, s]))
  const known = new Map<string, number>([[site, Number.POSITIVE_INFINITY]])
  let at = byId.get(site)
  while (at?.parent && !known.has(at.parent)) {
    known.set(at.parent, at.fork)
    at = byId.get(at.parent)
  }
  return (other) => known.get(other) ?? -1
}
