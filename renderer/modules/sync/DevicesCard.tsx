import { useQuery } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { errorCode, errorText } from '../../api/errors.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { FoldButton } from '../../ui/FoldButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { DeviceRow } from './DeviceRow.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import type { Device, SyncStatus } from './sync-model.ts'
import { useAskedAgain } from './use-asked-again.ts'

/** Devices of others call too, which nothing here hears of. */
const AGAIN_MS = 20_000

/** Every device of the business; the owner renames, shuts out and lets in. */
export function DevicesCard({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const isOwner = useCan('owner.only') && status.owner
  const [isInviting, setInviting] = useState(false)
  const [isAll, setAll] = useState(false)
  const devices = useQuery(
    rpc.sync.devices.list.queryOptions({ staleTime: 0, retry: false, refetchInterval: AGAIN_MS }),
  )
  const { data, error } = devices
  useAskedAgain(devices, status)
  // What the server shut out by itself stays before the owner's eyes until it is seen.
  const isOpen = ({ revoked_at, why }: Device) => revoked_at === null || (why === 'reuse' && isOwner)
  const open = (data ?? []).filter(isOpen)
  const closed = (data ?? []).filter((device) => !isOpen(device))
  const row = (device: (typeof open)[number]) => (
    <DeviceRow key={device.id} device={device} isOwner={isOwner} waiting={device.here ? status.waiting : 0} />
  )
  return (
    <Card
      title={t('devices.title')}
      actions={
        isOwner ? (
          <Button size="sm" icon={<MonitorSmartphone />} onPress={() => setInviting(true)}>
            {t('devices.add')}
          </Button>
        ) : undefined
      }
    >
      <p className="mb-2 text-muted">{t(isOwner ? 'devices.lead' : 'devices.leadOther')}</p>
      {error ? (
        <p role="status" className="text-muted">
          {errorCode(error) === 'SYNC_UNREACHABLE' ? t('devices.away') : errorText(t, error)}
        </p>
      ) : null}
      <ul>{open.map(row)}</ul>
      {closed.length > 0 ? (
        <>
          <FoldButton isOpen={isAll} onChange={setAll}>
            {t('devices.closed', { count: closed.length, n: formatNumber(closed.length, language) })}
          </FoldButton>
          {isAll ? <ul>{closed.map(row)}</ul> : null}
        </>
      ) : null}
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} clock={status.clock ?? 0} /> : null}
    </Card>
  )
}
