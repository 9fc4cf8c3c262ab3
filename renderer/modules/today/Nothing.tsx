import { CircleCheckBig, ListPlus, Plus, Sunrise } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { useApp, useModules } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { tallyText } from './today-model.ts'
import type { Page } from './use-today-page.ts'

/** A book that begins: what this page will be, and how it becomes so. */
export function NoCustomers({ greeting }: { greeting: ReactNode }) {
  const { t } = useTranslation('today')
  const app = useApp()
  const canImport = useCan('imports.run')
  const canSample = useCan('settings.write')
  const sample = useCommand(() => api.setup.addSample(), {})
  return (
    <div className="flex min-h-full flex-col gap-4">
      {greeting}
      <EmptyState
        icon={<Sunrise />}
        action={
          <Button variant="primary" icon={<Plus />} kbd="N" onPress={() => app.openAdd('customers')}>
            {t('customers:add')}
          </Button>
        }
        extra={
          <span className="flex flex-wrap justify-center gap-2">
            {canImport ? <Button onPress={() => app.go('/import')}>{t('customers:import')}</Button> : null}
            {canSample ? (
              <Button isDisabled={sample.isRunning} onPress={() => void sample.run(undefined)}>
                {t('customers:list.sample')}
              </Button>
            ) : null}
          </span>
        }
      >
        {t('noCustomers')}
      </EmptyState>
    </div>
  )
}

/** Nothing is left for today: a calm word, and what comes next. */
export function NothingDue({ page }: { page: Page }) {
  const { t } = useTranslation('today')
  const app = useApp()
  const language = useLanguage()
  const canPlan = useModules().some(({ name, add }) => name === 'tasks' && add)
  const { next } = page
  return (
    <section
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line bg-surface p-4"
      aria-label={t('nothing.title')}
    >
      <span className="grid size-10 place-items-center rounded-card bg-ok-soft text-ok-ink" aria-hidden="true">
        <CircleCheckBig className="size-5" />
      </span>
      <p className="min-w-0 flex-1">
        <span className="block font-semibold">{t('nothing.title')}</span>
        <span className="block text-[0.8125rem] text-muted">
          {next
            ? t('nothing.next', {
                day: formatRelativeDay(next.day, page.day, language),
                n: tallyText(next.count, language),
              })
            : t('nothing.noNext')}
        </span>
      </p>
      {canPlan ? (
        <Button icon={<ListPlus />} onPress={() => app.openAdd('tasks')}>
          {t('nothing.add')}
        </Button>
      ) : null}
    </section>
  )
}
