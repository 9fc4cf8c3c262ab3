import { MANIFEST, type TableSpec } from './manifest.ts'

/** What the merge must know of a table. Fields nobody has declared are lww, each for itself. */
export interface MergeTable {
  readonly id: number
  readonly set: boolean
  readonly known: ReadonlyMap<number, WireClass>
  text(fid: number): boolean
  /** The fields that are one register with `fid`, itself among them. */
  groupOf(fid: number): readonly number[]
}

/** A manifest without names, as devices tell it to the server (SYNC.md 10): [table, 0 rows | 1 set, [[field, class], …]]; class 'l', 't' or 'g:name'. */
export type WireClass = string
export type WireManifest = readonly (readonly [
  tbl: number,
  set: 0 | 1,
  fields: readonly (readonly [fid: number, cls: WireClass])[],
])[]

export function wireManifest(manifest: readonly TableSpec[] = MANIFEST): WireManifest {
  return manifest.map((t) => [
    t.id,
    t.kind === 'set' ? 1 : 0,
    t.fields.map((f) => [f.id, f.merge === 'lww' ? 'l' : f.merge === 'text' ? 't' : `g:${f.merge.group}`] as const),
  ])
}

/** Equal texts, equal manifests; its hash is the `mh` of requests. */
export const manifestText = (manifest: WireManifest): string => JSON.stringify(manifest)

function tableOf(id: number, set: boolean, known: ReadonlyMap<number, WireClass>): MergeTable {
  const groups = new Map<string, number[]>()
  for (const [fid, cls] of known) {
    if (cls.startsWith('g:')) groups.set(cls, [...(groups.get(cls) ?? []), fid])
  }
  return {
    id,
    set,
    known,
    text: (fid) => known.get(fid) === 't',
    groupOf: (fid) => groups.get(known.get(fid) ?? '') ?? [fid],
  }
}

export type MergeTables = ReadonlyMap<number, MergeTable>

/** Tables of several manifests together (this program's, and those newer devices have told). Null when they contradict each other: a class never changes. */
export function mergeTables(manifests: readonly WireManifest[]): MergeTables | null {
  const sets = new Map<number, boolean>()
  const fields = new Map<number, Map<number, WireClass>>()
  for (const manifest of manifests) {
    for (const [tbl, set, list] of manifest) {
      if (sets.has(tbl) && sets.get(tbl) !== (set === 1)) return null
      sets.set(tbl, set === 1)
      const known = fields.get(tbl) ?? new Map<number, WireClass>()
      fields.set(tbl, known)
      for (const [fid, cls] of list) {
        if (known.has(fid) && known.get(fid) !== cls) return null
        known.set(fid, cls)
      }
    }
  }
  return new Map([...sets].map(([tbl, set]) => [tbl, tableOf(tbl, set, fields.get(tbl)!)]))
}
