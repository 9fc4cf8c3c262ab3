import { Trash2, UserRoundCheck, X, XCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Menu } from '../../ui/Menu.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import type { LeadActions } from './use-lead-actions.ts'
import type { LeadStatus } from './use-leads.ts'

/** What can be done with the chosen leads. */
export function LeadBulk(props: { ids: string[]; status: LeadStatus; actions: LeadActions; onClear: () => void }) {
  const { ids, status, actions, onClear } = props
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const { list } = useColleagues()
  if (ids.length === 0) return null
  return (
    <section
      aria-label={t('bulk')}
      data-foot-bar
      className="sticky bottom-0 z-20 mt-2.5 flex flex-wrap items-center gap-2 rounded-card border border-line bg-surface px-3 py-2 shadow-overlay"
    >
      <span className="font-semibold" aria-live="polite">
        {t('chosen', { count: ids.length, n: formatNumber(ids.length, language) })}
      </span>
      <span className="ms-auto flex flex-wrap items-center gap-1.5">
        <Menu
          placement="top end"
          label={t('action.assign')}
          trigger={<Button size="sm">{t('action.assign')}</Button>}
          items={[
            ...list.map(({ id, name }) => ({ id, label: name, onAction: () => void actions.assign(ids, id) })),
            'separator' as const,
            { id: 'nobody', label: t('nobody'), onAction: () => void actions.assign(ids, null) },
          ]}
        />
        {status === 'new' ? (
          <Button size="sm" icon={<UserRoundCheck />} onPress={() => void actions.work(ids)}>
            {t('action.work')}
          </Button>
        ) : null}
        {status === 'discarded' ? (
          <Button size="sm" onPress={() => void actions.reopen(ids)}>
            {t('action.reopen')}
          </Button>
        ) : null}
        {status === 'new' || status === 'working' ? (
          <Button size="sm" icon={<XCircle />} onPress={() => actions.askDiscard(ids)}>
            {t('action.discard')}
          </Button>
        ) : null}
        <Button size="sm" variant="danger" icon={<Trash2 />} onPress={() => void actions.remove(ids)}>
          {t('common:delete')}
        </Button>
        <IconButton size="sm" label={t('unchoose')} kbd="Esc" icon={<X />} onPress={onClear} />
      </span>
    </section>
  )
}
