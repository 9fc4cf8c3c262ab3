import type { TFunction } from 'i18next'
import { Check } from 'lucide-react'
import { Menu as AriaMenu, Header, MenuItem, MenuSection, Popover, Separator } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { GridSort } from './GridHeader.tsx'
import {
  type ColumnState,
  type GridColumn,
  moveColumn,
  noColumnState,
  setHidden,
  setWidth,
  visibleColumns,
  widthOf,
} from './grid-columns.ts'
import { optionClass, popoverClass } from './overlay.ts'

type MenuProps<Row> = {
  all: readonly GridColumn<Row>[]
  state: ColumnState
  onState: (state: ColumnState) => void
  onSort?: (sort: GridSort) => void
  columnId: string | null
  anchor: Element
  onClose: () => void
}

type Action = { id: string; label: string; run: () => void }

/** What can be done with one column. */
function actionsOf<Row>(
  column: GridColumn<Row>,
  { all, state, onState, onSort }: MenuProps<Row>,
  shown: readonly GridColumn<Row>[],
  t: TFunction,
): Action[] {
  const at = shown.indexOf(column)
  const sort = (direction: GridSort['direction']) => onSort?.({ id: column.id, direction })
  const step = (by: number) => onState(moveColumn(all, state, column.id, at + by))
  const widen = (by: number) => onState(setWidth(state, column.id, widthOf(column, state) + by))
  const is = (isThere: boolean, action: Action) => (isThere ? [action] : [])
  return [
    ...is(column.isSortable === true, { id: 'asc', label: t('ui:grid.sortAscending'), run: () => sort('asc') }),
    ...is(column.isSortable === true, { id: 'desc', label: t('ui:grid.sortDescending'), run: () => sort('desc') }),
    { id: 'wider', label: t('ui:grid.wider'), run: () => widen(40) },
    { id: 'narrower', label: t('ui:grid.narrower'), run: () => widen(-40) },
    ...is(at > 0, { id: 'back', label: t('ui:grid.moveBack'), run: () => step(-1) }),
    ...is(at < shown.length - 1, { id: 'on', label: t('ui:grid.moveOn'), run: () => step(1) }),
    ...is(column.isHideable !== false && shown.length > 1, {
      id: 'hide',
      label: t('ui:grid.hide'),
      run: () => onState(setHidden(state, column.id, true)),
    }),
  ]
}

/** The menu of a column's head: sort, width, place, hide; below, every column to show or hide. Without a column (null) only the latter. */
export function GridColumnMenu<Row>(props: MenuProps<Row>) {
  const { all, state, onState, columnId, anchor, onClose } = props
  const { t } = useTranslation('ui')
  const column = all.find((each) => each.id === columnId)
  if (columnId !== null && !column) return null
  const shown = visibleColumns(all, state)
  const title = column ? t('grid.menuOf', { column: column.header }) : t('grid.columns')
  const actions = [
    ...(column ? actionsOf(column, props, shown, t) : []),
    { id: 'reset', label: t('grid.reset'), run: () => onState(noColumnState) },
  ]
  return (
    <Popover
      isOpen
      onOpenChange={(open) => !open && onClose()}
      triggerRef={{ current: anchor }}
      aria-label={title}
      placement="bottom start"
      offset={2}
      className={`${popoverClass} min-w-48`}
    >
      <AriaMenu
        aria-label={title}
        onClose={onClose}
        autoFocus="first"
        className="max-h-96 overflow-auto p-1 outline-none"
      >
        {actions.map(({ id, label, run }) => (
          <MenuItem key={id} id={id} onAction={run} className={optionClass}>
            {label}
          </MenuItem>
        ))}
        <Separator className="mx-2 my-1 border-t border-line" />
        <MenuSection>
          <Header className="px-2 pt-1 text-xs text-muted">{t('grid.columns')}</Header>
          {all.map((each) => {
            const isShown = shown.includes(each)
            return (
              <MenuItem
                key={each.id}
                id={`column-${each.id}`}
                textValue={each.header}
                isDisabled={each.isHideable === false}
                onAction={() => onState(setHidden(state, each.id, isShown))}
                className={optionClass}
                aria-label={t(isShown ? 'grid.hideColumn' : 'grid.showColumn', { column: each.header })}
              >
                <Check className={isShown ? 'size-4 text-accent' : 'invisible size-4'} aria-hidden="true" />
                {each.header}
              </MenuItem>
            )
          })}
        </MenuSection>
      </AriaMenu>
    </Popover>
  )
}
