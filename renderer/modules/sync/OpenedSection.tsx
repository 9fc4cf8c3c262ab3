import { useQuery } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { OpenedCard } from './OpenedCard.tsx'
import { TraySection } from './TraySection.tsx'

/** One transaction takes as many as it may hold; several are not undone with one button. */
async function takeAll() {
  const first = await api.sync.sealed.take({ id: null })
  let { taken, left } = first
  for (let last = first; last.taken > 0 && last.left > 0; ) {
    last = await api.sync.sealed.take({ id: null })
    taken += last.taken
    left = last.left
  }
  return { taken, left, change: taken === first.taken ? first.change : null }
}

/** For an owner: what files of colleagues' devices told, each to be taken in or let go. Nothing while there is none. */
export function OpenedSection() {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const opened = useQuery(rpc.sync.sealed.opened.queryOptions({ input: {} })).data
  const take = useCommand(takeAll, {
    message: ({ taken, left }) => {
      const told = t('sealed.taken', { count: taken, n: formatNumber(taken, language) })
      return left > 0 ? `${told} ${t('sealed.stays')}` : told
    },
  })
  const leave = useCommand(api.sync.sealed.leave, { message: () => t('sealed.left') })
  if (!opened || opened.total === 0) return null
  return (
    <>
      <TraySection
        title={t('sealed.title')}
        lead={t('sealed.lead')}
        more={opened.total - opened.items.length}
        actions={
          <>
            <Button
              size="sm"
              icon={<CheckCheck />}
              isDisabled={take.isRunning}
              onPress={() => void take.run(undefined)}
            >
              {t('sealed.takeAll')}
            </Button>
            <Button size="sm" variant="ghost" isDisabled={leave.isRunning} onPress={() => setAsking(true)}>
              {t('sealed.leaveAll')}
            </Button>
          </>
        }
      >
        {opened.items.map((item) => (
          <OpenedCard key={item.id} item={item} />
        ))}
      </TraySection>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('sealed.leaveAllTitle')}
        confirmLabel={t('sealed.leaveAll')}
        onConfirm={() => void leave.run({ id: null })}
        onClose={() => setAsking(false)}
      >
        {t('sealed.leaveText')}
      </ConfirmDialog>
    </>
  )
}
