import { useQuery } from '@tanstack/react-query'
import { Copy, FolderOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Stat } from '../../ui/Stat.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { EverythingCard } from '../exports/EverythingCard.tsx'
import { useSyncStatus } from '../sync/use-sync-status.ts'
import { CheckCard } from './CheckCard.tsx'
import { SampleCard } from './SampleCard.tsx'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** 1536 as «1.5» and kilobyte: one decimal below ten. */
function sizeOf(bytes: number): { n: number; unit: (typeof UNITS)[number] } {
  let n = bytes
  let at = 0
  while (n >= 1024 && at < UNITS.length - 1) {
    n /= 1024
    at += 1
  }
  return { n: n < 10 && at > 0 ? Math.round(n * 10) / 10 : Math.round(n), unit: UNITS[at] ?? 'byte' }
}

/** Where the book is, how big, whether it is sound; and the sample business as long as it is in. */
export function DataSettings() {
  const { t } = useTranslation()
  const language = useLanguage()
  const toast = useToast()
  const canOpen = useCan('settings.write')
  const { data } = useQuery(rpc.system.data.queryOptions({ staleTime: 0 }))
  const open = useCommand(api.system.openFolder, {
    onDone: ({ opened }) => {
      if (!opened) toast({ message: t('settings:data.cannotOpen'), tone: 'neutral' })
    },
  })
  const isSynced = (useSyncStatus()?.state ?? 'off') !== 'off'
  if (!data) return null
  const size = sizeOf(data.bytes)
  const n = (value: number) => formatNumber(value, language)
  return (
    <>
      <Card title={t('settings:section.data')}>
        <p className="mb-3 text-muted">{t(isSynced ? 'sync:data.lead' : 'settings:data.lead')}</p>
        <div className="mb-4 grid grid-cols-3 gap-3">
          <Stat label={t('settings:data.customers')} value={n(data.customers)} />
          <Stat label={t('settings:data.size')} value={n(size.n)} unit={t(`settings:data.${size.unit}`)} />
          <Stat label={t('settings:data.changes')} value={n(data.changes)} />
        </div>
        <p className="text-xs text-muted">{t('settings:data.file')}</p>
        <p className="mb-3 rounded-lg bg-surface-2 px-3 py-2 text-start">
          <bdi dir="ltr" className="font-mono text-xs break-all select-all">
            {data.file}
          </bdi>
        </p>
        <div className="flex flex-wrap gap-2">
          {canOpen ? (
            <Button icon={<FolderOpen />} onPress={() => void open.run(undefined)}>
              {t('settings:data.open')}
            </Button>
          ) : null}
          <Button
            icon={<Copy />}
            onPress={() =>
              void navigator.clipboard
                .writeText(data.file)
                .then(() => toast({ message: t('settings:data.copied'), tone: 'ok', timeout: 4000 }))
            }
          >
            {t('settings:data.copy')}
          </Button>
        </div>
      </Card>
      <EverythingCard />
      <CheckCard />
      <SampleCard customers={data.customers} />
    </>
  )
}
