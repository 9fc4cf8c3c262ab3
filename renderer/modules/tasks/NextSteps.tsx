import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { nextStepsOf } from './next-steps.ts'
import { TaskDialog } from './TaskDialog.tsx'
import { TaskLine } from './TaskLine.tsx'
import { useLineActions } from './use-line-actions.tsx'

/** What comes next with a customer: open tasks, soonest first, to be ticked, put off and edited in place. */
export function NextSteps({ party, isBrief }: { party: { id: string; name: string }; isBrief?: boolean }) {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const canWrite = useCan('tasks.write')
  const [all, setAll] = useState(false)
  const [isAdding, setAdding] = useState(false)
  const { actions, dialogs } = useLineActions()
  const { data } = useQuery(nextStepsOf(party.id, { isBrief, all }))
  if (!data || (data.rows.length === 0 && !canWrite)) return null
  return (
    <section aria-label={t('nextSteps')} className="flex flex-col gap-1.5">
      <header className="flex items-center gap-2">
        <h3 className="flex-1 text-[0.8125rem] font-bold">{t('nextSteps')}</h3>
        {canWrite ? (
          <Button size="sm" icon={<Plus className="size-3.5" />} onPress={() => setAdding(true)}>
            {t('addStep')}
          </Button>
        ) : null}
      </header>
      {data.rows.length > 0 ? (
        <div className="overflow-hidden rounded-lg border border-line">
          {data.rows.map((task) => (
            <TaskLine key={task.id} task={task} actions={actions} withoutParty />
          ))}
        </div>
      ) : (
        <p className="text-[0.8125rem] text-muted">{t('noSteps')}</p>
      )}
      {data.count > data.rows.length ? (
        <Button size="sm" variant="ghost" className="self-start" onPress={() => setAll(true)}>
          {t('allSteps', { n: formatNumber(data.count, language) })}
        </Button>
      ) : null}
      {dialogs}
      {isAdding ? (
        <TaskDialog
          initial={{ party: { id: party.id, label: party.name }, kind: 'call' }}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </section>
  )
}
