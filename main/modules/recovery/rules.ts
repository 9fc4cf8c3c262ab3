import { FIELD_DELETED, MANIFEST } from '../../../shared/sync/manifest.ts'
import type { SalvageRules } from '../../db/salvage-rules.ts'
import { uuidV5 } from '../../engine/ids.ts'
import { REFERENCES } from '../history/references.ts'

/** What the owners of the tables know beyond the schema: which columns hold ids, and which ids follow from the rest of the row. */
export function salvageRules(): SalvageRules {
  const ids: Record<string, string[]> = {}
  for (const { table, field } of REFERENCES) {
    ids[table] ??= []
    ids[table].push(field)
  }
  const ownId: Record<string, SalvageRules['ownId'][string]> = {
    setting: (row) => uuidV5('setting', String(row['key'])),
  }
  for (const { name, kind, fields } of MANIFEST) {
    const own = fields.filter((field) => field.id > FIELD_DELETED)
    if (kind === 'set') ownId[name] = (row) => uuidV5(...own.map((field) => String(row[field.name])))
  }
  return { ids, ownId }
}
