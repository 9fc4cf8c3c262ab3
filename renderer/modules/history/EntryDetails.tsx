import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { useLanguage } from '../../ui/locale.ts'
import { readableFields } from '../customers/change-model.ts'
import { targetOf } from './entry-model.ts'
import { FieldTable } from './FieldTable.tsx'
import type { Entry } from './use-history.ts'

/** The fields of an entry, from what to what; of a big batch the first of them. */
export function EntryDetails({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { on: isCounter } = useCounterMode()
  const { data } = useQuery(rpc.history.details.queryOptions({ input: targetOf(entry) }))
  if (!data) return <div className="h-10" />
  const fields = data.fields.filter((field) => readableFields([field], isCounter).length > 0)
  const rest = data.total - data.fields.length
  return (
    <div className="border-t border-line bg-surface-2 px-4 py-2">
      {fields.length > 0 ? <FieldTable fields={fields} /> : <p className="text-muted">{t('history:noDetails')}</p>}
      {rest > 0 ? (
        <p className="pt-1 text-xs text-muted">
          {t('history:moreFields', { count: rest, n: formatNumber(rest, language) })}
        </p>
      ) : null}
    </div>
  )
}
