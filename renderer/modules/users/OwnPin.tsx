import { KeyRound, Lock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { PinDialog } from './PinDialog.tsx'
import type { User } from './use-colleagues.ts'

/** One's own PIN: set, change, take away, lock. */
export function OwnPin({ user }: { user: User | null }) {
  const { t } = useTranslation('users')
  const app = useApp()
  const [open, setOpen] = useState<'set' | 'clear' | null>(null)
  if (!user) return null
  return (
    <Card title={t('pin.own')}>
      <p className="mb-3 text-muted">{t(user.has_pin ? 'pin.ownHas' : 'pin.ownHasNot')}</p>
      <div className="flex flex-wrap gap-2">
        <Button icon={<KeyRound />} onPress={() => setOpen('set')}>
          {t(user.has_pin ? 'pin.change' : 'pin.set')}
        </Button>
        {user.has_pin ? (
          <>
            <Button onPress={() => setOpen('clear')}>{t('pin.clear')}</Button>
            <Button icon={<Lock />} kbd="Ctrl+Shift+L" onPress={app.lock}>
              {t('lock.now')}
            </Button>
          </>
        ) : null}
      </div>
      <p className="mt-3 text-xs text-muted">{t('pin.explains')}</p>
      {open ? <PinDialog user={user} isOwn isClearing={open === 'clear'} onClose={() => setOpen(null)} /> : null}
    </Card>
  )
}
