import { useQuery } from '@tanstack/react-query'
import { FolderClosed, HardDrive, Usb, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Card } from '../../ui/Card.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { AddPlace } from './AddPlace.tsx'
import { lastPart, type Status, whenText } from './backups-model.ts'

const HOURS = ['1', '2', '4', '8', '12', '24'] as const

/** Where copies go and how that goes, and how often; everything is kept the moment it is chosen. */
export function PlacesCard({ folders }: { folders: Status['folders'] }) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const isOwner = useCan('owner.only')
  const { data: settings } = useQuery(rpc.backups.settings.queryOptions({ staleTime: 0 }))
  const set = useCommand(api.backups.set)
  const remove = useCommand(api.backups.set, { message: () => t('places.removed') })
  if (!settings) return null
  const hours = HOURS.map((id) => ({
    id,
    label: t('places.hours', { count: Number(id), n: formatNumber(Number(id), language) }),
  }))
  return (
    <Card title={t('places.title')}>
      <ul className="mb-4 flex flex-col">
        {folders.map((folder) => (
          <li key={folder.path} className="flex items-center gap-3 border-b border-line py-2">
            <span aria-hidden="true" className="text-muted [&>svg]:size-4.5">
              {folder.usual ? <HardDrive /> : folder.trouble === 'ABSENT' ? <Usb /> : <FolderClosed />}
            </span>
            <div className="min-w-0 flex-1">
              <p className="truncate" title={folder.path}>
                {folder.usual ? (
                  t('places.usual')
                ) : (
                  <bdi dir="ltr" className="font-mono text-xs">
                    {folder.path}
                  </bdi>
                )}
              </p>
              <p className="text-xs text-muted">
                {folder.newest === null
                  ? t('places.never')
                  : t('places.good', { at: whenText(folder.newest, language) })}
              </p>
              {folder.trouble ? <p className="text-xs text-warn-ink">{t(`folderTrouble.${folder.trouble}`)}</p> : null}
            </div>
            {isOwner && !folder.usual ? (
              <IconButton
                size="sm"
                label={t('places.remove', { folder: lastPart(folder.path) })}
                icon={<X />}
                onPress={() => void remove.run({ folders: settings.folders.filter((path) => path !== folder.path) })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {isOwner ? (
        <>
          <AddPlace chosen={settings.folders} usual={folders[0]?.path ?? ''} />
          <div className="mt-4 grid items-start gap-4 border-t border-line pt-4 sm:grid-cols-2">
            <Select
              label={t('places.every')}
              description={t('places.everyNote')}
              value={String(settings.every_hours)}
              options={hours}
              onChange={(value) => value && void set.run({ every_hours: Number(value) })}
            />
            <div className="flex flex-col gap-1 sm:pt-6">
              <Switch
                label={t('places.onExit')}
                value={settings.on_exit}
                onChange={(on_exit) => void set.run({ on_exit })}
              />
              <p className="text-xs text-muted">{t('places.onExitNote')}</p>
            </div>
          </div>
        </>
      ) : null}
    </Card>
  )
}
