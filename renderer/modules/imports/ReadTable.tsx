// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
// biome-ignore-all lint/suspicious/noArrayIndexKey: columns have no other name of their own and never move
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import { type PreviewRow, type Staged, widthOf } from './import-model.ts'
import { useHeaderText } from './use-header-text.ts'

/** A file may have hundreds of columns; whoever wants to know how it was read needs the first. */
const SHOWN_COLUMNS = 40
const SHOWN_ROWS = 30
/** Of a long cell, in characters: as much as the place can show, and as much as a tooltip can. */
const CELL = 80
const TITLE = 1000

/** The first rows as they stand in the file, under its header. */
export function ReadTable({ staged, rows }: { staged: Staged; rows: readonly PreviewRow[] | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const n = (value: number) => formatNumber(value, language)
  const headerOf = useHeaderText(staged)
  const width = widthOf(staged)
  const columns = Array.from({ length: Math.min(width, SHOWN_COLUMNS) }, (_, at) => at)
  const { header_row } = staged.facts
  return (
    <section
      tabIndex={0}
      aria-label={t('imports:firstRows')}
      className="min-h-0 flex-1 overflow-auto rounded-card border border-line bg-surface"
    >
      <table className="w-max min-w-full border-separate border-spacing-0">
        <thead className="sticky top-0 z-10">
          <tr className="h-row bg-surface-2">
            <th scope="col" className="border-b border-line px-3 text-start text-xs font-normal text-muted">
              {header_row ? n(header_row) : t('imports:column.row')}
            </th>
            {columns.map((at) => (
              <th
                key={at}
                scope="col"
                title={staged.headers[at]?.slice(0, TITLE)}
                className="max-w-56 truncate border-b border-line px-3 text-start font-semibold"
              >
                {staged.headers[at] ? (
                  <bdi>{headerOf(at).slice(0, CELL)}</bdi>
                ) : (
                  <span className="font-normal text-muted">{headerOf(at)}</span>
                )}
              </th>
            ))}
            {width > columns.length ? (
              <th scope="col" className="border-b border-line px-3 text-start text-xs font-normal text-muted">
                {t('imports:moreColumns', { count: width - columns.length, n: n(width - columns.length) })}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows?.slice(0, SHOWN_ROWS).map((row) => (
            <tr key={row.row} className="h-row">
              <td className="border-b border-line px-3 text-xs text-muted">{n(row.row)}</td>
              {columns.map((at) => (
                <td
                  key={at}
                  title={row.cells[at]?.slice(0, TITLE)}
                  className="max-w-56 truncate border-b border-line px-3"
                >
                  <bdi>{row.cells[at]?.slice(0, CELL)}</bdi>
                </td>
              ))}
              {width > columns.length ? <td className="border-b border-line" /> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
