import { Plus, SearchX, Trash2, UserRound, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { List } from './use-list.ts'

/** What stands in a list without rows: how to begin, or how to see more again. */
export function Empty({ list }: { list: List }) {
  const { t } = useTranslation('customers')
  const { view, text } = list
  const isNarrowed = text !== '' || view.filter.where.rules.length > 0
  if (view.id === 'trash' && !isNarrowed) return <EmptyState icon={<Trash2 />}>{t('list.trashEmpty')}</EmptyState>
  if (view.id === 'mine' && !view.changed && !text)
    return (
      <EmptyState icon={<UserRound />} action={<Button onPress={() => list.setView('all')}>{t('view.all')}</Button>}>
        {t('list.mineEmpty')} {t('list.mineEmptyText')}
      </EmptyState>
    )
  if (isNarrowed || view.filter.trash)
    return (
      <EmptyState
        icon={<SearchX />}
        action={<Button onPress={() => list.setView('all')}>{t('list.clearFilters')}</Button>}
      >
        {t('list.noMatchTitle')}. {t('list.noMatchText')}
      </EmptyState>
    )
  return <Beginning />
}

function Beginning() {
  const { t } = useTranslation('customers')
  const app = useApp()
  const canImport = useCan('imports.run')
  const canSample = useCan('settings.write')
  const sample = useCommand(() => api.setup.addSample(), {})
  return (
    <EmptyState
      icon={<UsersRound />}
      action={
        <Button variant="primary" icon={<Plus />} kbd="N" onPress={() => app.openAdd('customers')}>
          {t('add')}
        </Button>
      }
      extra={
        <span className="flex flex-wrap justify-center gap-2">
          {canImport ? <Button onPress={() => app.go('/import')}>{t('import')}</Button> : null}
          {canSample ? (
            <Button isDisabled={sample.isRunning} onPress={() => void sample.run(undefined)}>
              {t('list.sample')}
            </Button>
          ) : null}
        </span>
      }
    >
      {t('list.emptyTitle')}. {t('list.emptyText')}
    </EmptyState>
  )
}
