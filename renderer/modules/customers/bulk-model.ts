import type { Filter } from '../../../shared/contract/filter.ts'
import { MERGE_MOST } from '../../../shared/domain/merge.ts'
import { api, type Inputs } from '../../api/client.ts'
import type { GridSelection } from '../../ui/grid-selection.ts'
import type { Asked } from './use-blocks.ts'

export type Target = Inputs['customers']['bulk']['target']

/** The chosen rows as the contract names them: by id, or «all of this filter except …». */
export const targetOf = (selection: GridSelection, filter: Filter): Target =>
  selection.all ? { filter, except: [...selection.ids] } : { ids: [...selection.ids] }

/** Ids of a handful of chosen rows, in the order of the list where all were chosen at once. */
export async function chosenIds(selection: GridSelection, { filter, sort }: Asked): Promise<string[]> {
  if (!selection.all) return [...selection.ids]
  const limit = Math.min(200, MERGE_MOST + selection.ids.size)
  const { rows } = await api.customers.page({ filter, sort, limit, at: { index: 0 } })
  return rows.map(({ id }) => id).filter((id) => !selection.ids.has(id))
}
