import { useTranslation } from 'react-i18next'
import { IMPORT_FIELDS, type ImportField } from '../../../shared/contract/imports.ts'
import { Dash } from '../../ui/DayText.tsx'
import { Select } from '../../ui/Select.tsx'
import { type Mapping, type PreviewRow, samplesOf } from './import-model.ts'

/** Of a long sample, in characters. */
const SAMPLE = 60

/** Each column of the file: its heading, what stands in it, and the field it becomes. */
export function ColumnTable(props: {
  columns: readonly number[]
  headerOf: (column: number) => string
  rows: readonly PreviewRow[]
  mapping: Mapping
  onChange: (column: number, field: ImportField | null) => void
}) {
  const { t } = useTranslation()
  const options = IMPORT_FIELDS.map((id) => ({ id, label: t(`imports:field.${id}`) }))
  const head = 'sticky top-0 z-10 bg-surface py-2 text-start font-normal'
  return (
    <table className="w-full table-fixed">
      <thead>
        <tr className="text-xs text-muted">
          <th className={`${head} w-1/4`}>{t('imports:column.header')}</th>
          <th className={head}>{t('imports:column.samples')}</th>
          <th className={`${head} w-60`}>{t('imports:column.field')}</th>
        </tr>
      </thead>
      <tbody>
        {props.columns.map((at) => {
          const name = props.headerOf(at)
          const samples = samplesOf(props.rows, at).map((value) => value.slice(0, SAMPLE))
          return (
            <tr key={at} className="border-t border-line">
              <td className="truncate py-1.5 pe-3 font-semibold" title={name}>
                <bdi>{name}</bdi>
              </td>
              <td className="truncate py-1.5 pe-3 text-muted" title={samples.join('\n')}>
                {samples.length === 0 ? (
                  <Dash />
                ) : (
                  samples.map((value, place) => (
                    <span key={value}>
                      {place > 0 ? <span aria-hidden="true"> · </span> : null}
                      <bdi>{value}</bdi>
                    </span>
                  ))
                )}
              </td>
              <td className="py-1.5">
                <Select
                  label={t('imports:column.fieldOf', { name })}
                  labelHidden
                  placeholder={t('imports:column.skip')}
                  options={options}
                  value={props.mapping[at] ?? null}
                  onChange={(field) => props.onChange(at, field)}
                  isClearable
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
