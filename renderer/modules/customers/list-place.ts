import type { GridPlace } from '../../ui/DataGrid.tsx'
import { type ListSearch, readSearch } from './views-model.ts'

/** Where someone stood in the list when leaving it; kept as long as the window. */
export interface ListPlace extends GridPlace {
  /** What the list was asked, as text: the place of one list is none in another. */
  asked: string
  /** Its address. */
  search: ListSearch
  /** The active record. */
  id: string | null
}

const KEY = 'customers.place'

export const keepPlace = (place: ListPlace) => sessionStorage.setItem(KEY, JSON.stringify(place))

export function lastPlace(): ListPlace | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as ListPlace | null
    return place && { ...place, search: readSearch({ ...place.search }) }
  } catch {
    return null
  }
}

/** The place to return to in the list that was asked this. */
export function placeIn(asked: string): ListPlace | null {
  const place = lastPlace()
  return place?.asked === asked ? place : null
}
