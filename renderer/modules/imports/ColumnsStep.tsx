import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatNumber } from '../../../shared/domain/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Warning } from '../../ui/Field.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { ColumnTable } from './ColumnTable.tsx'
import { canIdentify, doublesOf, type PreviewRow, type Waiting, widthOf } from './import-model.ts'
import { useHeaderText } from './use-header-text.ts'

type Side = 'all' | 'known' | 'left'
/** A choice per column is heavy; a file with hundreds of columns shows them in parts. */
const PART = 40

/** The third step: what each column becomes, guessed or as the last time, to be corrected. */
export function ColumnsStep(props: {
  waiting: Waiting
  rows: readonly PreviewRow[]
  onChange: (waiting: Waiting) => void
}) {
  const { waiting, rows, onChange } = props
  const { staged, mapping } = waiting
  const { t } = useTranslation()
  const language = useLanguage()
  const n = (value: number) => formatNumber(value, language)
  const all = Array.from({ length: widthOf(staged) }, (_, at) => at)
  const sideOf = (side: Side) => all.filter((at) => side === 'all' || (mapping[at] ? 'known' : 'left') === side)
  // The list of a side stays as it was when it was chosen: a column must not run away as it is corrected.
  const [view, setView] = useState<{ side: Side; columns: readonly number[] | null }>({ side: 'all', columns: null })
  const [shown, setShown] = useState(PART)
  const columns = view.columns ?? all
  const rest = columns.length - shown
  const headerOf = useHeaderText(staged)
  return (
    <>
      <div className="flex flex-col gap-2">
        <p className="text-muted">
          {staged.remembered
            ? t('imports:remembered', { at: formatDateTime(staged.remembered, Date.now(), language) })
            : t('imports:columnsLead')}
        </p>
        <FilterChips
          label={t('imports:columns')}
          chips={(['all', 'known', 'left'] as const).map((id) => ({
            id,
            label: t(`imports:columnSide.${id}`),
            count: n(sideOf(id).length),
          }))}
          value={view.side}
          onChange={(side) => {
            setView({ side, columns: side === 'all' ? null : sideOf(side) })
            setShown(PART)
          }}
        />
        {canIdentify(mapping) ? null : <Warning>{t('imports:needName')}</Warning>}
        {doublesOf(mapping).map(({ field, columns: at }) => (
          <Warning key={field}>
            {t('imports:doubles', {
              field: t(`imports:field.${field}`),
              columns: at.map((each) => `«\u2068${headerOf(each)}\u2069»`).join(t('imports:between')),
            })}
          </Warning>
        ))}
      </div>
      <div className="min-h-0 flex-1 overflow-auto rounded-card border border-line bg-surface px-4 pb-3">
        <ColumnTable
          columns={columns.slice(0, shown)}
          headerOf={headerOf}
          rows={rows}
          mapping={mapping}
          onChange={(at, field) =>
            onChange({ ...waiting, mapping: all.map((each) => (each === at ? field : (mapping[each] ?? null))) })
          }
        />
        {rest > 0 ? (
          <Button size="sm" className="mt-3" onPress={() => setShown(shown + PART)}>
            {t('imports:showColumns', { count: Math.min(PART, rest), n: n(Math.min(PART, rest)), rest: n(rest) })}
          </Button>
        ) : null}
      </div>
    </>
  )
}
