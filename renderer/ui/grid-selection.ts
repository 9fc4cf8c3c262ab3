/** Chosen rows. With `all`, everything the list holds is chosen except `ids` (a million ids need not be known). */
export type GridSelection = { all: boolean; ids: ReadonlySet<string> }

export const noSelection: GridSelection = { all: false, ids: new Set() }

export const isChosen = (selection: GridSelection, id: string) => selection.ids.has(id) !== selection.all

/** How many of `rowCount` rows are chosen. */
export const chosenCount = (selection: GridSelection, rowCount: number) =>
  selection.all ? rowCount - selection.ids.size : selection.ids.size

/** The selection with these rows chosen or not. */
export function withChosen(selection: GridSelection, ids: Iterable<string>, chosen: boolean): GridSelection {
  const next = new Set(selection.ids)
  for (const id of ids) {
    if (chosen !== selection.all) next.add(id)
    else next.delete(id)
  }
  return { all: selection.all, ids: next }
}
