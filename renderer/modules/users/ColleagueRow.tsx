import { Ellipsis, KeyRound, Lock, LockOpen, Pencil, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Cut } from '../../ui/Cut.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import type { User } from './use-colleagues.ts'

/** One colleague, and what the owner can do about them. */
export function ColleagueRow(props: {
  user: User
  isMe: boolean
  isLastOwner: boolean
  onEdit: () => void
  onPin: () => void
}) {
  const { user, isMe, isLastOwner, onEdit, onPin } = props
  const { t } = useTranslation('users')
  const canWrite = useCan('users.write')
  const [isAsking, setAsking] = useState(false)
  const remove = useCommand(api.users.remove, { message: () => t('removed', { name: user.name }) })
  const clear = useCommand(api.users.setPin, { message: () => t('pin.cleared', { name: user.name }) })
  // Owners keep apart from each other too; one's own PIN has a card of its own.
  const isPinMine = user.role === 'seller' && !isMe
  return (
    <li className="flex min-h-row items-center gap-3 border-b border-line py-1.5 last:border-b-0">
      <Avatar id={user.id} name={user.name} color={user.color} size="md" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex min-w-0 items-center gap-2">
          <Cut className="font-semibold">{user.name}</Cut>
          {isMe ? <Badge tone="accent">{t('you')}</Badge> : null}
        </span>
        <span className="text-xs text-muted">{t(`roleText.${user.role}`)}</span>
      </span>
      {user.has_pin ? <Badge icon={<Lock />}>{t('pin.has')}</Badge> : null}
      {canWrite ? (
        <Menu
          label={t('actionsOf', { name: user.name })}
          trigger={<IconButton label={t('actionsOf', { name: user.name })} icon={<Ellipsis />} />}
          items={[
            { id: 'edit', label: t('edit'), icon: <Pencil />, onAction: onEdit },
            ...(isPinMine
              ? [
                  {
                    id: 'pin',
                    label: t(user.has_pin ? 'pin.change' : 'pin.set'),
                    icon: <KeyRound />,
                    onAction: onPin,
                  },
                ]
              : []),
            ...(isPinMine && user.has_pin
              ? [
                  {
                    id: 'clear',
                    label: t('pin.clear'),
                    icon: <LockOpen />,
                    onAction: () => void clear.run({ id: user.id, pin: null }),
                  },
                ]
              : []),
            ...(isLastOwner
              ? []
              : [
                  'separator' as const,
                  {
                    id: 'remove',
                    label: t('remove'),
                    icon: <UserRoundX />,
                    tone: 'danger' as const,
                    onAction: () => setAsking(true),
                  },
                ]),
          ]}
        />
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('removeTitle', { name: user.name })}
        confirmLabel={t('remove')}
        onConfirm={() => void remove.run({ id: user.id })}
        onClose={() => setAsking(false)}
      >
        {t('removeText')}
      </ConfirmDialog>
    </li>
  )
}
