import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Laptop, Pencil, ShieldX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Cut } from '../../ui/Cut.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Menu } from '../../ui/Menu.tsx'
import { RenameDialog } from './RenameDialog.tsx'
import { type Device, whenText } from './sync-model.ts'

/** One device: whose, when it last called; the owner's actions behind the dots. */
export function DeviceRow({ device, isOwner, waiting }: { device: Device; isOwner: boolean; waiting: number }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const client = useQueryClient()
  const [open, setOpen] = useState<'rename' | 'revoke' | null>(null)
  const { name, here, revoked_at, user_name } = device
  const isolated = `\u2068${name}\u2069`
  const onDone = () => void client.invalidateQueries({ queryKey: rpc.sync.devices.key() })
  const revoke = useCommand(api.sync.devices.revoke, {
    message: () => t('devices.revokedDone', { name: isolated }),
    onDone,
  })
  const seen = useCommand(api.sync.devices.revoke, { onDone })
  const when = whenText(revoked_at ?? device.seen_at, language)
  return (
    <li className="flex min-h-row items-center gap-3 border-b border-line py-1.5 last:border-b-0">
      <Laptop className="size-5 shrink-0 text-muted" aria-hidden="true" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex min-w-0 items-center gap-2">
          <Cut className="font-semibold">{name}</Cut>
          {here ? <Badge tone="accent">{t('devices.here')}</Badge> : null}
          {waiting > 0 ? (
            <Badge tone="warn">{t('devices.waiting', { count: waiting, n: formatNumber(waiting, language) })}</Badge>
          ) : null}
        </span>
        <span className="text-xs text-muted">
          {user_name ? <bdi>{user_name}</bdi> : null}
          {user_name ? ' · ' : null}
          {t(revoked_at === null ? 'devices.seen' : 'devices.revoked', { at: when })}
        </span>
        {device.why === 'reuse' ? <span className="text-xs text-warn-ink">{t('devices.reuse')}</span> : null}
      </span>
      {isOwner && device.why === 'reuse' ? (
        <Button size="sm" isDisabled={seen.isRunning} onPress={() => void seen.run({ id: device.id })}>
          {t('devices.seenIt')}
        </Button>
      ) : null}
      {isOwner && revoked_at === null ? (
        <Menu
          label={t('devices.actionsOf', { name: isolated })}
          trigger={<IconButton label={t('devices.actionsOf', { name: isolated })} icon={<Ellipsis />} />}
          items={[
            { id: 'rename', label: t('devices.rename'), icon: <Pencil />, onAction: () => setOpen('rename') },
            ...(here
              ? []
              : [
                  'separator' as const,
                  {
                    id: 'revoke',
                    label: t('devices.revoke'),
                    icon: <ShieldX />,
                    tone: 'danger' as const,
                    onAction: () => setOpen('revoke'),
                  },
                ]),
          ]}
        />
      ) : null}
      {open === 'rename' ? <RenameDialog device={device} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        isOpen={open === 'revoke'}
        title={t('devices.revokeTitle', { name: isolated })}
        confirmLabel={t('devices.revoke')}
        onConfirm={() => void revoke.run({ id: device.id })}
        onClose={() => setOpen(null)}
      >
        {t('devices.revokeText')}
      </ConfirmDialog>
    </li>
  )
}
