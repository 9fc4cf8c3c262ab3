import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dash } from '../../ui/DayText.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { RowTitle } from './RowTitle.tsx'
import { isTold, type Parked, whenText } from './sync-model.ts'
import { useSyncText } from './use-sync-text.ts'

/** A change the server did not take: what, why, and again or let go. */
export function ParkedCard({ item }: { item: Parked }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const text = useSyncText()
  const mayWrite = useCan('customers.write')
  const [isAsking, setAsking] = useState(false)
  const again = useCommand(api.sync.parked.resend, { message: () => t('parked.resent') })
  const drop = useCommand(api.sync.parked.drop, { message: () => t('parked.dropped') })
  const fields = item.fields.filter(isTold)
  // Its row has left this device: there is nothing here to send it again from.
  const isAway = item.code === 'out_of_scope'
  return (
    <li className="flex flex-col gap-2.5 rounded-card border border-line bg-surface p-4">
      <div>
        <RowTitle item={item} />
        <p className="text-warn-ink">{String(t([`parked.code.${item.code}`, 'parked.code.other']))}</p>
      </div>
      <dl className="flex flex-col gap-1">
        {fields.map(({ field, value, name }) => {
          const told = text.parked(item, field, value, name)
          return (
            <div key={field} className="grid grid-cols-[8rem_1fr] gap-2">
              <dt className="text-muted">{told.label}</dt>
              <dd className="line-clamp-4 break-words">{told.value ?? <Dash />}</dd>
            </div>
          )
        })}
      </dl>
      {fields.length === 0 ? <p>{t('parked.tie')}</p> : null}
      <p className="text-xs text-muted">
        {t('parked.by', {
          name: `\u2068${item.user_name ?? t('conflict.someone')}\u2069`,
          at: whenText(item.at, language),
        })}
      </p>
      {mayWrite ? (
        <div className="flex flex-wrap gap-2">
          {isAway ? null : (
            <Button
              size="sm"
              icon={<RotateCw />}
              isDisabled={again.isRunning}
              onPress={() => void again.run({ id: item.id })}
            >
              {t('parked.again')}
            </Button>
          )}
          <Button size="sm" variant="ghost" isDisabled={drop.isRunning} onPress={() => setAsking(true)}>
            {t('parked.drop')}
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('parked.dropTitle')}
        confirmLabel={t('parked.drop')}
        onConfirm={() => void drop.run({ id: item.id })}
        onClose={() => setAsking(false)}
      >
        {t('parked.dropText')}
      </ConfirmDialog>
    </li>
  )
}
