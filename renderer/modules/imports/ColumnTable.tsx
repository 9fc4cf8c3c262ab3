import { useTranslation } from 'react-i18next'
import { IMPORT_FIELDS } from '../../../shared/contract/imports.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Dash } from '../../ui/DayText.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Select } from '../../ui/Select.tsx'
import { type Mapping, type Preview, samplesOf, type Waiting } from './import-model.ts'

/** Each column of the file: its heading, what stands in it, and the field it becomes (guessed, to be corrected). */
export function ColumnTable(props: {
  waiting: Waiting
  preview: Preview | undefined
  onChange: (mapping: Mapping) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { staged, mapping } = props.waiting
  const options = IMPORT_FIELDS.map((id) => ({ id, label: t(`imports:field.${id}`) }))
  return (
    <table className="w-full table-fixed">
      <thead>
        <tr className="text-xs text-muted">
          <th className="w-1/4 py-1 text-start font-normal">{t('imports:column.header')}</th>
          <th className="py-1 text-start font-normal">{t('imports:column.samples')}</th>
          <th className="w-56 py-1 text-start font-normal">{t('imports:column.field')}</th>
        </tr>
      </thead>
      <tbody>
        {staged.headers.map((header, at) => {
          const name = header || t('imports:column.nameless', { n: formatNumber(at + 1, language) })
          const samples = samplesOf(props.preview, at)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name of their own and never move
            <tr key={at} className="border-t border-line">
              <td className="truncate py-1.5 pe-3 font-semibold">
                <bdi>{name}</bdi>
              </td>
              <td className="truncate py-1.5 pe-3 text-muted">
                {samples.length === 0 ? <Dash /> : <bdi>{samples.join(t('imports:between'))}</bdi>}
              </td>
              <td className="py-1.5">
                <Select
                  label={t('imports:column.fieldOf', { name })}
                  labelHidden
                  placeholder={t('imports:column.skip')}
                  options={options}
                  value={mapping[at] ?? null}
                  onChange={(field) =>
                    props.onChange(staged.headers.map((_, i) => (i === at ? field : (mapping[i] ?? null))))
                  }
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
