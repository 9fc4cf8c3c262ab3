import { FileUp } from 'lucide-react'
import { FileTrigger } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { useSyncStatus } from './use-sync-status.ts'

/** For an owner: reads the file of a device that could not send any more into the tray. */
export function OpenSealed({ onOpened }: { onOpened?: () => void }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const mayOpen = useCan('owner.only')
  const isOwners = useSyncStatus()?.owner === true
  const open = useCommand(api.sync.sealed.open, {
    message: ({ fresh, closed }) => {
      const n = (count: number) => ({ count, n: formatNumber(count, language) })
      const told = fresh > 0 ? t('sealed.fresh', n(fresh)) : t('sealed.nothing')
      return closed > 0 ? `${told} ${t('sealed.closed', n(closed))}` : told
    },
    onDone: onOpened,
  })
  if (!mayOpen || !isOwners) return null
  return (
    <FileTrigger onSelect={(files) => files?.[0] && void open.run({ file: files[0] })}>
      <Button size="sm" className="self-start" icon={<FileUp />} isDisabled={open.isRunning}>
        {t('sealed.open')}
      </Button>
    </FileTrigger>
  )
}
