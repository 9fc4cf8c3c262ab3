import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../ui/locale.ts'
import { saveFile } from '../../ui/save-file.ts'
import { isTold, type Parked, whenText } from './sync-model.ts'
import { useSyncText } from './use-sync-text.ts'

const cell = (text: string): string => {
  const plain = text.replace(/[\u2066-\u2069]/g, '')
  // What begins like a formula would be calculated by a spreadsheet.
  return `"${(/^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain).replaceAll('"', '""')}"`
}

/** Gives `save(items)`: changes the server did not take, as a table that any spreadsheet opens. */
export function useUnsentFile() {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const text = useSyncText()
  return useCallback(
    (items: readonly Parked[]) => {
      const head = ['at', 'who', 'customer', 'field', 'value', 'why'].map((id) => t(`file.${id}` as 'file.at'))
      const lines = items.flatMap((item) => {
        const row = text.row(item)
        const why = String(t([`parked.code.${item.code}`, 'parked.code.other']))
        const line = (of: string, value: string | null) => [
          whenText(item.at, language),
          item.user_name ?? '',
          item.party?.name ?? '',
          row && of ? `${row} - ${of}` : row || of,
          value ?? '',
          why,
        ]
        const told = item.fields.filter(isTold).map(({ field, value, name }) => text.parked(item, field, value, name))
        return told.length > 0 ? told.map(({ label, value }) => line(label, value)) : [line('', t('parked.tie'))]
      })
      // The mark at the beginning tells spreadsheets that it is UTF-8.
      const body = `\ufeff${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
      saveFile(new File([body], `${t('file.name')}.csv`, { type: 'text/csv;charset=utf-8' }))
    },
    [t, language, text.parked, text.row],
  )
}
