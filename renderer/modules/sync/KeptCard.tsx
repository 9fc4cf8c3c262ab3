import { useQuery } from '@tanstack/react-query'
import { Download, LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { whenText } from './sync-model.ts'
import { useSealedFile } from './use-sealed-file.ts'

/** What lies here sealed for the owners: how much, since when, and the file that carries it there. Nothing while there is none. */
export function KeptCard() {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const mayWrite = useCan('customers.write')
  const [isAsking, setAsking] = useState(false)
  const save = useSealedFile()
  const drop = useCommand(api.sync.sealed.drop, { message: () => t('sealed.dropped') })
  const kept = useQuery(rpc.sync.sealed.kept.queryOptions()).data
  if (!kept || kept.since === null) return null
  return (
    <section
      aria-labelledby="sync-kept"
      className="flex flex-col gap-2.5 rounded-card border border-line bg-surface p-4"
    >
      <h2 id="sync-kept" className="flex items-center gap-2 font-bold">
        <LockKeyhole className="size-4.5 shrink-0 text-muted" aria-hidden="true" />
        {t('sealed.kept')}
      </h2>
      <p>
        {t('sealed.keptText', {
          count: kept.aside,
          n: formatNumber(kept.aside, language),
          at: whenText(kept.since, language),
        })}
      </p>
      <p className="text-muted">{t('sealed.how')}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" icon={<Download />} isDisabled={save.isRunning} onPress={() => void save.run({ all: false })}>
          {t('sealed.save')}
        </Button>
        {mayWrite ? (
          <Button size="sm" variant="ghost" isDisabled={drop.isRunning} onPress={() => setAsking(true)}>
            {t('sealed.drop')}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('sealed.dropTitle')}
        confirmLabel={t('sealed.drop')}
        onConfirm={() => void drop.run(undefined)}
        onClose={() => setAsking(false)}
      >
        {t('sealed.dropText')}
      </ConfirmDialog>
    </section>
  )
}
