import { useTranslation } from 'react-i18next'
import { Dash } from '../../ui/DayText.tsx'
import { isTold, type Opened } from './sync-model.ts'
import { useSyncText } from './use-sync-text.ts'

/** What is said of a row, and, where it is in the book, what stands there now. */
export function OpenedFields({ item, table, row_id, fields }: { item: Opened } & Opened['parts'][number]) {
  const { t } = useTranslation('sync')
  const text = useSyncText()
  const row = { table, row_id, party: item.party }
  return (
    <dl className="flex flex-col gap-1">
      {fields.filter(isTold).map(({ field, value, name, now, now_name }) => {
        const told = text.parked(row, field, value, name)
        const stands = text.parked(row, field, now, now_name).value ?? t('conflict.empty')
        return (
          <div key={field} className="grid grid-cols-[8rem_1fr] gap-2">
            <dt className="text-muted">{told.label}</dt>
            <dd className="min-w-0">
              <span className="line-clamp-4 break-words">{told.value ?? <Dash />}</span>
              {item.is_new ? null : (
                <span className="line-clamp-4 break-words text-xs text-muted">
                  {t('sealed.now', { value: `\u2068${stands}\u2069` })}
                </span>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
