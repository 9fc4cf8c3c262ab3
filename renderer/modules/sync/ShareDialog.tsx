import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { ShareChoice } from './ShareChoice.tsx'
import type { Member, Share } from './sync-model.ts'

/** Which customers a colleague has on their devices. @param all how many customers there are */
export function ShareDialog({ member, all, onClose }: { member: Member; all: number; onClose: () => void }) {
  const { t } = useTranslation('sync')
  const client = useQueryClient()
  const [share, setShare] = useState<Share>(member.share === 'own' ? 'own' : 'all')
  const name = `\u2068${member.user_name ?? '…'}\u2069`
  const change = useCommand(api.sync.members.share, {
    message: () => t('share.saved', { name }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: rpc.sync.members.key() })
      onClose()
    },
  })
  const save = () => {
    if (share === member.share) onClose()
    else if (!change.isRunning) void change.run({ user_id: member.user_id, share })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('share.title', { name })}
      footer={
        <>
          <Button variant="primary" kbd="F2" onPress={save} isDisabled={change.isRunning}>
            {t('common:save')}
          </Button>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
        </>
      }
    >
      <form {...keys} className="flex flex-col gap-3">
        <ShareChoice value={share} onChange={setShare} all={all} own={member.own} />
        {share === 'own' && member.share !== 'own' && member.share !== 'none' ? (
          <p className="text-[0.8125rem] text-muted">{t('share.less')}</p>
        ) : null}
      </form>
    </Dialog>
  )
}
