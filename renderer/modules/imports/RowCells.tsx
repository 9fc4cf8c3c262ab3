import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import type { PreviewRow, Staged } from './import-model.ts'
import { useHeaderText } from './use-header-text.ts'

/** Of a row with hundreds of cells, and of a cell with thousands of characters. */
const SHOWN = 60
const LONG = 2000

/** All that stood in the row of the file, under the headings it had there. */
export function RowCells({ staged, row }: { staged: Staged; row: PreviewRow }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const headerOf = useHeaderText(staged)
  const filled = row.cells.map((value, at) => ({ value: value.trim(), at })).filter(({ value }) => value !== '')
  return (
    <section>
      <h3 className="mb-1 font-bold">
        {t('imports:inFile')}{' '}
        <span className="font-normal text-muted">{t('imports:rowAt', { n: formatNumber(row.row, language) })}</span>
      </h3>
      <dl className="flex flex-col gap-1">
        {filled.slice(0, SHOWN).map(({ value, at }) => (
          <div key={at} className="grid grid-cols-[7rem_1fr] gap-2">
            <dt className="truncate text-muted" title={headerOf(at)}>
              <bdi>{headerOf(at)}</bdi>
            </dt>
            <dd className="min-w-0 break-words whitespace-pre-line">
              <bdi>{value.slice(0, LONG)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
