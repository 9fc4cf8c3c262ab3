import { useNavigate, useSearch } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outputs } from '../../api/client.ts'
import { useUndo } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DayEntries } from './DayEntries.tsx'
import { byDay, targetOf } from './entry-model.ts'
import { Filters } from './Filters.tsx'
import { UndoReport } from './UndoReport.tsx'
import { type Entry, type HistoryFilter, useHistory } from './use-history.ts'

/** Who, when, from what to what; every entry opens to its fields and can be undone. */
export function HistoryPage() {
  const { t } = useTranslation()
  const [filter, setFilter] = useFilter()
  const { entries, hasNextPage, fetchNextPage, isPending } = useHistory(filter)
  const [report, setReport] = useState<Outputs['history']['undo'] | null>(null)
  const undo = useUndo()
  const takeBack = async (entry: Entry) => {
    const result = await undo(targetOf(entry))
    if (result && result.kept_total > 0) setReport(result)
  }
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return (
    <div className="flex max-w-5xl flex-col gap-4 pb-8">
      <header>
        <h1 className="text-xl font-bold">{t('history:title')}</h1>
        <p className="text-muted">{t('history:lead')}</p>
      </header>
      <Filters filter={filter} onChange={setFilter} />
      {entries.length === 0 && !isPending ? (
        <EmptyState
          icon={<History />}
          action={isFiltered ? <Button onPress={() => setFilter({})}>{t('history:showAll')}</Button> : undefined}
        >
          {isFiltered ? t('history:noneFound') : t('history:empty')}
        </EmptyState>
      ) : null}
      {byDay(entries).map((day) => (
        <DayEntries key={day.day} day={day.day} entries={day.entries} onUndo={(entry) => void takeBack(entry)} />
      ))}
      {hasNextPage ? (
        <Button className="self-center" onPress={() => void fetchNextPage()}>
          {t('history:more')}
        </Button>
      ) : null}
      {report ? <UndoReport report={report} onClose={() => setReport(null)} /> : null}
    </div>
  )
}

const FILTERS = ['user_id', 'party_id', 'from', 'to', 'kind'] as const

/** The filter lives in the address, so that a customer's page can lead here and «back» works. */
function useFilter() {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const filter: HistoryFilter = {}
  for (const key of FILTERS) if (typeof search[key] === 'string') filter[key] = search[key]
  const set = (next: HistoryFilter) =>
    void navigate({
      to: '/history',
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as never,
      replace: true,
    })
  return [filter, set] as const
}
