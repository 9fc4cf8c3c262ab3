import { Check } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { OpenedFields } from './OpenedFields.tsx'
import { RowTitle } from './RowTitle.tsx'
import { isTold, type Opened, whenText } from './sync-model.ts'

/** A row as a colleague's file tells of it, beside what stands in the book: into the book, or let go. */
export function OpenedCard({ item }: { item: Opened }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const take = useCommand(api.sync.sealed.take, {
    message: ({ taken }) => t('sealed.taken', { count: taken, n: formatNumber(taken, language) }),
  })
  const leave = useCommand(api.sync.sealed.leave, { message: () => t('sealed.left') })
  const by = {
    name: `\u2068${item.user_name ?? t('conflict.someone')}\u2069`,
    at: whenText(item.at, language),
  }
  return (
    <li className="flex flex-col gap-2.5 rounded-card border border-line bg-surface p-4">
      <div>
        <RowTitle item={item} />
        {item.is_new ? <p className="text-ok-ink">{t('sealed.isNew')}</p> : null}
        {item.owners ? <p className="text-warn-ink">{t('sealed.owners')}</p> : null}
      </div>
      <OpenedFields item={item} table={item.table} row_id={item.row_id} fields={item.fields} />
      {item.parts
        .filter(({ fields }) => fields.some(isTold))
        .map((part) => (
          <div key={part.row_id} className="flex flex-col gap-1 border-t border-line pt-2">
            <p className="text-muted">{String(t([`table.${part.table}`, 'table.other']))}</p>
            <OpenedFields item={item} {...part} />
          </div>
        ))}
      <p className="text-xs text-muted">
        {item.device_name ? t('sealed.by', { ...by, device: `\u2068${item.device_name}\u2069` }) : t('parked.by', by)}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" icon={<Check />} isDisabled={take.isRunning} onPress={() => void take.run({ id: item.id })}>
          {t('sealed.take')}
        </Button>
        <Button size="sm" variant="ghost" isDisabled={leave.isRunning} onPress={() => setAsking(true)}>
          {t('sealed.leave')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('sealed.leaveTitle')}
        confirmLabel={t('sealed.leave')}
        onConfirm={() => void leave.run({ id: item.id })}
        onClose={() => setAsking(false)}
      >
        {t('sealed.leaveText')}
      </ConfirmDialog>
    </li>
  )
}
