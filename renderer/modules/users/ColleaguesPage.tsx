import { UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorCode } from '../../api/errors.ts'
import { useCan, useUser } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { ColleagueRow } from './ColleagueRow.tsx'
import { OwnPin } from './OwnPin.tsx'
import { PinDialog } from './PinDialog.tsx'
import { UserDialog } from './UserDialog.tsx'
import { type User, useColleagues } from './use-colleagues.ts'

type Open = { kind: 'add' } | { kind: 'edit' | 'pin'; user: User }

/** The settings section «همکاران»: who works here; one's own PIN; and, for the owner, everything about them. */
export function ColleaguesPage() {
  const { t } = useTranslation('users')
  const me = useUser()
  const canWrite = useCan('users.write')
  const { list, all } = useColleagues()
  const [open, setOpen] = useState<Open | null>(null)
  /** Somebody of this one's name works here by now. */
  const [taken, setTaken] = useState<string | null>(null)
  const restore = useCommand(api.users.restore, {
    message: () => t('restored'),
    onDone: () => setTaken(null),
    onError: (error, { id }) => {
      const isTaken = errorCode(error) === 'NAME_TAKEN'
      setTaken(isTaken ? id : null)
      return isTaken
    },
  })
  const left = all.filter((user) => user.left)
  if (!me) return null
  return (
    <>
      <Card
        title={t('title')}
        actions={
          canWrite ? (
            <Button size="sm" icon={<UserRoundPlus />} onPress={() => setOpen({ kind: 'add' })}>
              {t('add')}
            </Button>
          ) : undefined
        }
      >
        <p className="mb-2 text-muted">{t('lead')}</p>
        <ul>
          {list.map((user) => (
            <ColleagueRow
              key={user.id}
              user={user}
              isMe={user.id === me.id}
              isLastOwner={user.role === 'owner' && list.filter(({ role }) => role === 'owner').length === 1}
              onEdit={() => setOpen({ kind: 'edit', user })}
              onPin={() => setOpen({ kind: 'pin', user })}
            />
          ))}
        </ul>
      </Card>
      <OwnPin user={list.find(({ id }) => id === me.id) ?? null} />
      {left.length > 0 ? (
        <Card title={t('leftTitle')}>
          <p className="mb-2 text-muted">{t('leftLead')}</p>
          <ul>
            {left.map((user) => (
              <li
                key={user.id}
                className="flex min-h-row flex-wrap items-center gap-x-3 border-b border-line last:border-b-0"
              >
                <bdi className="min-w-0 flex-1 truncate text-muted">{user.name}</bdi>
                {canWrite ? (
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={t('restoreOf', { name: user.name })}
                    onPress={() => void restore.run({ id: user.id })}
                  >
                    {t('restore')}
                  </Button>
                ) : null}
                {taken === user.id ? (
                  <p role="alert" className="basis-full pb-2 text-[0.8125rem] text-warn-ink">
                    {t('restoreTaken', { name: user.name })}
                  </p>
                ) : null}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {open?.kind === 'add' ? <UserDialog user={null} onClose={() => setOpen(null)} /> : null}
      {open?.kind === 'edit' ? <UserDialog user={open.user} onClose={() => setOpen(null)} /> : null}
      {open?.kind === 'pin' ? <PinDialog user={open.user} isOwn={false} onClose={() => setOpen(null)} /> : null}
    </>
  )
}
