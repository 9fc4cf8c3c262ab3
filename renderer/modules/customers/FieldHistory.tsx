import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { popoverClass } from '../../ui/overlay.ts'
import { useLookups } from './use-lookups.ts'
import { useValueText } from './use-value-text.ts'

export interface HistoryOf {
  table: string
  row_id: string
  field: string
}

/** A small clock beside a field: every value it has had, who wrote it and when, and a way back. */
export function FieldHistory({ of, label }: { of: HistoryOf; label: string }) {
  const { t } = useTranslation('customers')
  const canRead = useCan('history.read')
  const [isOpen, setOpen] = useState(false)
  if (!canRead) return null
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <IconButton size="sm" label={t('history.of', { field: label })} icon={<History />} />
      <Popover placement="bottom end" offset={4} className={`${popoverClass} w-88 max-w-[92vw]`}>
        <Dialog aria-label={t('history.title', { field: label })} className="flex flex-col gap-2 p-3.5 outline-none">
          <h3 className="font-bold">{t('history.title', { field: label })}</h3>
          <Entries of={of} label={label} onRestored={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Entries({ of, label, onRestored }: { of: HistoryOf; label: string; onRestored: () => void }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const { nameOf } = useLookups()
  const valueText = useValueText()
  const canUndo = useCan('history.undo')
  const { data } = useQuery(rpc.history.field.queryOptions({ input: of }))
  const restore = useCommand((change: number) => api.history.restoreField({ ...of, change }), {
    message: () => t('history.restored', { field: label }),
    onDone: onRestored,
  })
  if (!data) return null
  if (data.length === 0) return <p className="text-muted">{t('history.empty')}</p>
  return (
    <ol className="flex max-h-72 flex-col overflow-y-auto">
      {data.map((entry, at) => (
        <li key={entry.change} className="flex items-center gap-2 border-t border-line py-2 first:border-t-0">
          <div className="min-w-0 flex-1">
            <p className="line-clamp-3 break-words">
              <bdi>
                {entry.name ?? valueText(of.table, of.field, entry.value) ?? (
                  <span className="text-muted">{t('timeline.nothing')}</span>
                )}
              </bdi>
            </p>
            <p className="text-xs text-muted">
              <bdi>{nameOf(entry.user_id) ?? t('history.nobody')}</bdi>
              {t('comma')}
              {formatDateTime(entry.at, Date.now(), language)}
            </p>
          </div>
          {at === 0 ? (
            <Badge tone="ok">{t('history.current')}</Badge>
          ) : canUndo ? (
            <Button size="sm" isDisabled={restore.isRunning} onPress={() => void restore.run(entry.change)}>
              {t('history.restore')}
            </Button>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
