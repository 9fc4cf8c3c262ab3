import { memo, type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import type { Group } from './palette-model.ts'

export type ResultsProps = {
  id: string
  groups: readonly Group<ReactNode>[]
  /** Place of the chosen row among all rows. */
  active: number
  onPoint: (place: number) => void
  onChoose: (place: number) => void
  /** What is listed answers the text before; the new answer is on its way. */
  isBusy: boolean
}

/** The listbox of the palette, in groups; the text field keeps the focus and names the active row. */
export function Results({ isBusy, ...rows }: ResultsProps) {
  const { id, active } = rows
  const { t } = useTranslation()
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, active])
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('search:results')}
      aria-busy={isBusy}
      className="max-h-[min(26rem,60vh)] min-h-0 overflow-y-auto p-1.5 empty:hidden"
    >
      <Rows {...rows} />
    </div>
  )
}

/** Drawn anew only when the answer or the chosen row changes, not at every keystroke. */
const Rows = memo(function Rows({ id, groups, active, onPoint, onChoose }: Omit<ResultsProps, 'isBusy'>) {
  const { t } = useTranslation()
  let place = -1
  return groups.map((group) => (
    // biome-ignore lint/a11y/useSemanticElements: a group of options, not a fieldset
    <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
      <div id={`${id}-${group.id}`} role="presentation" className="px-2.5 pt-2 pb-0.5 text-xs text-muted">
        {t(group.label)}
      </div>
      {group.items.map((item) => {
        place += 1
        const here = place
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are read by the text field, which keeps the focus
          <div
            key={item.key}
            id={`${id}-${here}`}
            role="option"
            tabIndex={-1}
            aria-selected={here === active}
            onPointerMove={() => here !== active && onPoint(here)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(here)}
            className={cx(
              'flex h-10 items-center gap-2.5 rounded-lg px-2.5 select-none',
              here === active && 'on-soft bg-accent-soft',
            )}
          >
            {item.shown}
          </div>
        )
      })}
    </div>
  ))
})
