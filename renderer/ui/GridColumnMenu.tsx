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

/** The menu of a column's head: sort, width, place, hide; below, every column to show or hide. */
export function GridColumnMenu<Row>(props: {
  all: readonly GridColumn<Row>[]
  state: ColumnState
  onState: (state: ColumnState) => void
  onSort: (sort: GridSort) => void
  columnId: string
  anchor: Element
  onClose: () => void
}) {
  const { all, state, onState, onSort, columnId, anchor, onClose } = props
  const { t } = useTranslation('ui')
  const column = all.find((each) => each.id === columnId)
  if (!column) return null
  const shown = visibleColumns(all, state)
  const at = shown.indexOf(column)
  const actions: [id: string, label: string, run: () => void, isShown?: boolean][] = [
    ['asc', t('grid.sortAscending'), () => onSort({ id: column.id, direction: 'asc' }), column.isSortable === true],
    ['desc', t('grid.sortDescending'), () => onSort({ id: column.id, direction: 'desc' }), column.isSortable === true],
    ['wider', t('grid.wider'), () => onState(setWidth(state, column.id, widthOf(column, state) + 40))],
    ['narrower', t('grid.narrower'), () => onState(setWidth(state, column.id, widthOf(column, state) - 40))],
    ['back', t('grid.moveBack'), () => onState(moveColumn(all, state, column.id, at - 1)), at > 0],
    ['on', t('grid.moveOn'), () => onState(moveColumn(all, state, column.id, at + 1)), at < shown.length - 1],
    [
      'hide',
      t('grid.hide'),
      () => onState(setHidden(state, column.id, true)),
      column.isHideable !== false && shown.length > 1,
    ],
    ['reset', t('grid.reset'), () => onState(noColumnState)],
  ]
  return (
    <Popover
      isOpen
      onOpenChange={(open) => !open && onClose()}
      triggerRef={{ current: anchor }}
      aria-label={t('grid.menuOf', { column: column.header })}
      placement="bottom start"
      offset={2}
      className={`${popoverClass} min-w-48`}
    >
      <AriaMenu
        aria-label={t('grid.menuOf', { column: column.header })}
        onClose={onClose}
        autoFocus="first"
        className="max-h-96 overflow-auto p-1 outline-none"
      >
        {actions
          .filter(([, , , isShown]) => isShown !== false)
          .map(([id, label, run]) => (
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
