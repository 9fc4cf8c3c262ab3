import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../ui/locale.ts'
import { useValueText } from '../customers/use-value-text.ts'
import { useFieldText } from '../history/use-field-text.ts'
import { type Conflict, type Parked, type Side, whenText } from './sync-model.ts'

/** Epoch ms; days are texts. */
const INSTANT = /(^|_)at$/
/** The field a row is called by, where its value has words or digits of its own. */
const CALLED_BY: Readonly<Record<string, string>> = {
  party_channel: 'value',
  party_address: 'address',
  party_role: 'role',
}

/** Names of fields and their values, as the history page has them. */
export function useSyncText() {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const fieldText = useFieldText()
  const valueText = useValueText()
  const named = useCallback(
    (
      at: { table: string; row_id: string; party: Conflict['party'] },
      field: string,
      value: unknown,
      name: string | null,
    ) => {
      const { label, to } = fieldText({
        ...at,
        field,
        kind: 'patch',
        from: null,
        to: value,
        from_name: null,
        to_name: name,
      })
      const isInstant = typeof value === 'number' && INSTANT.test(field)
      return { label, value: isInstant ? whenText(value, language) : to }
    },
    [fieldText, language],
  )
  const side = useCallback(
    (conflict: Conflict, of: Pick<Side, 'value' | 'name'>) => named(conflict, conflict.field, of.value, of.name),
    [named],
  )
  const parked = useCallback(
    (item: Pick<Parked, 'table' | 'row_id' | 'party'>, field: string, value: unknown, name: string | null) =>
      named(item, field, value, name),
    [named],
  )
  /** «برچسب: عمده», «تلفن یا ایمیل: ۰۹۱۲…»; nothing for the customer itself, whose name stands above. */
  const row = useCallback(
    (item: { table: string; called: string | null; party: Conflict['party'] }): string => {
      const kind = String(t([`table.${item.table}`, 'table.other']))
      if (!item.called) return item.table === 'party' && item.party ? '' : kind
      const main = CALLED_BY[item.table]
      return `${kind}: ${(main && valueText(item.table, main, item.called)) ?? `\u2068${item.called}\u2069`}`
    },
    [t, valueText],
  )
  return { side, parked, row }
}
