import { Ellipsis, MonitorSmartphone, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Cut } from '../../ui/Cut.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Menu } from '../../ui/Menu.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import { InviteDialog } from './InviteDialog.tsx'
import { ShareDialog } from './ShareDialog.tsx'
import type { Member } from './sync-model.ts'

/** A colleague who has devices, which customers are on them, and what the owner can do about it. @param all how many customers there are */
export function MemberRow({ member, all, clock }: { member: Member; all: number; clock: number }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const { byId, nameOf } = useColleagues()
  const [open, setOpen] = useState<'share' | 'invite' | null>(null)
  const { user_id, share } = member
  const name = nameOf(user_id) ?? member.user_name ?? '…'
  const count = share === 'own' ? member.own : all
  const actions = t('devices.actionsOf', { name: `\u2068${name}\u2069` })
  return (
    <li className="flex min-h-row items-center gap-3 border-b border-line py-1.5 last:border-b-0">
      <Avatar id={user_id} name={name} color={byId(user_id)?.color ?? null} size="md" />
      <span className="flex min-w-0 flex-1 flex-col">
        <Cut className="font-semibold">{name}</Cut>
        <span className="text-xs text-muted">{t(`members.${share}`, { count, n: formatNumber(count, language) })}</span>
      </span>
      <Menu
        label={actions}
        trigger={<IconButton label={actions} icon={<Ellipsis />} />}
        items={[
          // Whoever manages the book needs all of it.
          ...(member.role === 'owner'
            ? []
            : [{ id: 'share', label: t('members.change'), icon: <Users />, onAction: () => setOpen('share') }]),
          {
            id: 'invite',
            label: t('members.invite'),
            icon: <MonitorSmartphone />,
            onAction: () => setOpen('invite'),
          },
        ]}
      />
      {open === 'share' ? <ShareDialog member={member} all={all} onClose={() => setOpen(null)} /> : null}
      {open === 'invite' ? <InviteDialog userId={user_id} clock={clock} onClose={() => setOpen(null)} /> : null}
    </li>
  )
}
