import { SORT_FIELDS, type Sort } from '../../../shared/contract/filter.ts'
import type { GridSort } from '../../ui/GridHeader.tsx'

/** Column ids of the list and sort fields of the contract have the same names. */
export const toGridSort = (sort: Sort): GridSort => ({ id: sort.field, direction: sort.desc ? 'desc' : 'asc' })

export function sortOf(sort: GridSort): Sort {
  const field = SORT_FIELDS.find((each) => each === sort.id) ?? 'name'
  return { field, desc: sort.direction === 'desc' }
}
