import { useQueryClient } from '@tanstack/react-query'
import { Copy, RefreshCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, type Outputs, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useUser } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { inGroups } from '../../ui/CodeField.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Select } from '../../ui/Select.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import { ShareChoice } from './ShareChoice.tsx'
import type { Share } from './sync-model.ts'
import { useMembers } from './use-members.ts'

type Invite = Outputs['sync']['devices']['invite']

/**
 * A code for one further device: whose it is, for whoever does not manage the book which customers are on it, then the code, large, with what is
 * left of its quarter of an hour.
 * @param clock ms that this PC is behind the server
 */
export function InviteDialog(props: { onClose: () => void; clock: number; userId?: string }) {
  const { onClose, clock } = props
  const { t } = useTranslation('sync')
  const me = useUser()
  const { list } = useColleagues()
  const client = useQueryClient()
  const { data } = useMembers()
  const [userId, setUserId] = useState(props.userId ?? me?.id ?? null)
  const [chosen, setChosen] = useState<Share | null>(null)
  const invite = useCommand(api.sync.devices.invite, {
    onDone: () => void client.invalidateQueries({ queryKey: rpc.sync.members.key() }),
  })
  const [made, setMade] = useState<Invite | null>(null)
  const user = list.find(({ id }) => id === userId)
  const closeButton = useRef<HTMLButtonElement>(null)
  // The button that was pressed is gone with its question, and keys would go nowhere.
  useEffect(() => {
    if (made) closeButton.current?.focus()
  }, [made])
  const member = data?.members.find(({ user_id }) => user_id === userId)
  // Whoever manages the book needs all of it.
  const isAsked = user?.role === 'seller'
  const given = member && member.share !== 'none' ? (member.share === 'own' ? 'own' : 'all') : null
  const share = chosen ?? given
  const isOpen = isAsked && share === null
  const make = async () => {
    if (!user || invite.isRunning || isOpen) return
    const said = isAsked && chosen ? { share: chosen } : {}
    setMade(await invite.run({ user_id: user.id, role: user.role, ...said }))
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('invite.title')}
      footer={
        made ? (
          <Button onPress={onClose} ref={closeButton}>
            {t('common:close')}
          </Button>
        ) : (
          <>
            <Button variant="primary" onPress={() => void make()} isDisabled={invite.isRunning || isOpen} autoFocus>
              {t('invite.make')}
            </Button>
            <Button onPress={onClose}>{t('common:cancel')}</Button>
          </>
        )
      }
    >
      {made ? (
        <Made invite={made} clock={clock} onAgain={() => void make()} />
      ) : (
        <div className="flex flex-col gap-4">
          <Select
            label={t('invite.who')}
            value={userId}
            onChange={(id) => {
              if (id) setUserId(id)
              setChosen(null)
            }}
            options={list.map(({ id, name }) => ({
              id,
              label: id === me?.id ? t('invite.me', { name: `\u2068${name}\u2069` }) : name,
            }))}
          />
          {list.length < 2 ? <p className="text-[0.8125rem] text-muted">{t('invite.alone')}</p> : null}
          {data && isAsked ? (
            <ShareChoice value={share} onChange={setChosen} all={data.customers} own={member?.own ?? 0} />
          ) : null}
          {isAsked ? (
            <p role="status" className={cx('text-[0.8125rem]', isOpen ? 'text-warn-ink' : 'text-muted')}>
              {isOpen ? t('invite.choose') : given === 'all' && share === 'own' ? t('share.less') : t('invite.share')}
            </p>
          ) : null}
        </div>
      )}
    </Dialog>
  )
}

function Made({ invite, clock, onAgain }: { invite: Invite; clock: number; onAgain: () => void }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const toast = useToast()
  const copy = (text: string) =>
    void navigator.clipboard
      .writeText(text)
      .then(() => toast({ message: t('invite.copied'), tone: 'ok', timeout: 3000 }))
      .catch(() => {})
  const minutes = useMinutesLeft(invite.expires_at - clock)
  const lines = [
    ['address', invite.address, invite.address, 'text-base', t('invite.copyAddress')],
    ['code', inGroups(invite.code, [5]), invite.code, 'font-mono text-3xl font-bold', t('invite.copyCode')],
  ] as const
  return (
    <div className="flex flex-col gap-4">
      <p>{t('invite.lead')}</p>
      {lines.map(([id, shown, text, look, label]) => (
        <div key={id} className="rounded-lg bg-surface-2 px-4 py-3">
          <p className="text-xs text-muted">{t(`invite.${id}`)}</p>
          <div className="flex items-center gap-2">
            {/* Latin digits: it is typed as it stands here. */}
            <bdi dir="ltr" className={`min-w-0 flex-1 break-all text-start select-all ${look}`}>
              {shown}
            </bdi>
            <IconButton label={label} icon={<Copy />} onPress={() => copy(text)} />
          </div>
        </div>
      ))}
      {isOnlyHere(invite.address) ? <p className="text-warn-ink">{t('invite.onlyHere')}</p> : null}
      <p role="status" className={minutes > 0 ? 'text-muted' : 'text-warn-ink'}>
        {minutes > 0 ? t('invite.left', { count: minutes, n: formatNumber(minutes, language) }) : t('invite.over')}
      </p>
      {minutes > 0 ? null : (
        <Button icon={<RefreshCw />} className="self-start" onPress={onAgain}>
          {t('invite.another')}
        </Button>
      )}
    </div>
  )
}

/** An address that means the computer it is typed on. */
const isOnlyHere = (address: string) => /^(localhost|127\.|\[::1\])/.test(new URL(address).hostname)

/** Whole minutes until then, counted down while it stands on the screen. @param until epoch ms */
function useMinutesLeft(until: number): number {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 60_000))
  const [minutes, setMinutes] = useState(left)
  useEffect(() => {
    const tell = () => setMinutes(Math.max(0, Math.ceil((until - Date.now()) / 60_000)))
    tell()
    const timer = setInterval(tell, 5_000)
    return () => clearInterval(timer)
  }, [until])
  return minutes
}
