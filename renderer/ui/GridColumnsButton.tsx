import { Columns3 } from 'lucide-react'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GridColumnMenu } from './GridColumnMenu.tsx'
import type { ColumnState, GridColumn } from './grid-columns.ts'
import { IconButton } from './IconButton.tsx'

/** At the end of the head of a list, where people look for it: which columns are shown. It stays there however far the list is moved. */
export function GridColumnsButton<Row>(props: {
  all: readonly GridColumn<Row>[]
  state: ColumnState
  onState: (state: ColumnState) => void
  /** The list: its scroll bar, where it takes room, stays free. */
  scroller: RefObject<HTMLElement | null>
}) {
  const { all, state, onState, scroller } = props
  const { t } = useTranslation('ui')
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [bar, setBar] = useState(0)
  useLayoutEffect(() => {
    const list = scroller.current
    if (!list) return
    const measure = () => setBar(list.offsetWidth - list.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(list)
    if (list.firstElementChild) observer.observe(list.firstElementChild)
    return () => observer.disconnect()
  }, [scroller])
  return (
    // Beside the handle by which the last column is pulled.
    <div className="absolute top-0 z-20 flex h-row items-center pe-1.5" style={{ insetInlineEnd: bar }}>
      <IconButton
        ref={button}
        size="sm"
        label={t('grid.columns')}
        icon={<Columns3 />}
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
      />
      {isOpen && button.current ? (
        <GridColumnMenu
          all={all}
          state={state}
          onState={onState}
          columnId={null}
          anchor={button.current}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  )
}
