import { EyeOff, Keyboard, LifeBuoy, Lock, Settings, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useUser } from '../api/session.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu } from '../ui/Menu.tsx'
import { useApp } from './app-context.ts'
import { useCounterMode } from './counter-mode.ts'

/** Who is working here, and what belongs to the person rather than to a page. */
export function UserMenu() {
  const { t } = useTranslation()
  const app = useApp()
  const user = useUser()
  const counter = useCounterMode()
  if (!user) return null
  return (
    <Menu
      label={user.name}
      trigger={
        <IconButton
          label={t('app:userMenu', { name: user.name })}
          icon={<Avatar id={user.id} name={user.name} color={user.color} size="sm" />}
          className="rounded-full"
        />
      }
      items={[
        { id: 'seat', label: t('users:command.seat'), icon: <UsersRound />, kbd: 'F9', onAction: app.openSeat },
        ...(user.has_pin
          ? [{ id: 'lock', label: t('users:lock.now'), icon: <Lock />, kbd: 'Ctrl+Shift+L', onAction: app.lock }]
          : []),
        'separator',
        {
          id: 'counter',
          label: counter.on ? t('app:counter.leave') : t('app:counter.enter'),
          icon: <EyeOff />,
          kbd: 'F8',
          onAction: counter.toggle,
        },
        'separator',
        {
          id: 'settings',
          label: t('settings:title'),
          icon: <Settings />,
          onAction: () => app.go('/settings/business'),
        },
        { id: 'keys', label: t('app:keys.title'), icon: <Keyboard />, kbd: '?', onAction: app.openKeys },
        { id: 'help', label: t('help:title'), icon: <LifeBuoy />, onAction: () => app.go('/help/start') },
      ]}
    />
  )
}
