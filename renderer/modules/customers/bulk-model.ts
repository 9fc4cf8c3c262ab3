import type { Filter } from '../../../shared/contract/filter.ts'
import type { Inputs } from '../../api/client.ts'
import type { GridSelection } from '../../ui/grid-selection.ts'

export type Target = Inputs['customers']['bulk']['target']

/** The chosen rows as the contract names them: by id, or «all of this filter except …». */
export const targetOf = (selection: GridSelection, filter: Filter): Target =>
  selection.all ? { filter, except: [...selection.ids] } : { ids: [...selection.ids] }
