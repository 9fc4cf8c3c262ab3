import { CopyCheck, RefreshCw, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatNumber } from '../../../shared/domain/format.ts'
import { errorText } from '../../api/errors.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Progress } from '../../ui/Progress.tsx'
import { mergePath } from './duplicates-model.ts'
import { PairList } from './PairList.tsx'
import { useDistinct } from './use-distinct.ts'
import { usePairs } from './use-pairs.ts'
import { useSearch } from './use-search.ts'

/** Who may be in the book twice: the last search at once, a new one on demand. */
export function DuplicatesPage() {
  const { t } = useTranslation('duplicates')
  const language = useLanguage()
  const app = useApp()
  const search = useSearch()
  const { pairs, total, hasNextPage, fetchNextPage, isFetchingNextPage, isPending, error } = usePairs()
  const distinct = useDistinct()
  const { last, progress } = search
  const n = (value: number) => formatNumber(value, language)
  const begin = (variant: 'primary' | 'outline') => (
    <Button variant={variant} icon={variant === 'primary' ? <Search /> : <RefreshCw />} onPress={search.start}>
      {t(last ? 'again' : 'start')}
    </Button>
  )
  if (last === undefined || isPending) return error ? <ErrorState title={errorText(t, error)} /> : null
  return (
    <div className="flex max-w-5xl flex-col gap-4 pb-8">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-96">
          <h1 className="flex items-baseline gap-2 text-xl font-bold">
            {t('title')}
            {last ? (
              <span className="text-[0.8125rem] font-normal text-muted" aria-live="polite">
                {t('total', { count: total, n: n(total) })}
              </span>
            ) : null}
          </h1>
          <p className="text-muted">{t('lead')}</p>
        </div>
        {(last || pairs.length > 0) && !progress ? begin('outline') : null}
      </header>
      {progress ? (
        <section aria-label={t('running')} className="rounded-card border border-line bg-surface p-5">
          <Progress
            label={t(`phase.${progress.phase}`)}
            done={progress.done}
            total={progress.total || undefined}
            onCancel={search.cancel}
          />
          <p className="mt-3 text-muted">{t('goOn')}</p>
        </section>
      ) : null}
      {search.isFailed && !progress ? (
        <ErrorState
          title={t('failed')}
          kept={t('failedKept')}
          advice={search.error ? errorText(t, search.error) : undefined}
          actions={begin('outline')}
        />
      ) : null}
      {search.isCancelled ? <p role="status">{t('cancelled')}</p> : null}
      {last ? (
        <p className="text-[0.8125rem] text-muted">
          {t('lastSearch', {
            when: formatDateTime(last.at, Date.now(), language),
            customers: n(last.customers),
            found: n(last.found),
          })}
          {last.found > last.kept ? ` ${t('onlyLikeliest', { n: n(last.kept) })}` : ''}
        </p>
      ) : null}
      {pairs.length > 0 ? (
        <>
          <PairList
            pairs={pairs}
            onOpen={({ a, b }) => app.go(mergePath([a.id, b.id], 'duplicates'))}
            onDistinct={({ a, b }) => void distinct(a, b)}
            onEnd={() => hasNextPage && !isFetchingNextPage && void fetchNextPage()}
            onLeave={() => app.go('/customers')}
          />
          {hasNextPage ? (
            <Button className="self-center" onPress={() => void fetchNextPage()}>
              {t('more')}
            </Button>
          ) : null}
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted" aria-hidden="true">
            <span>
              <Kbd>↑ ↓</Kbd> {t('key.move')}
            </span>
            <span>
              <Kbd>Enter</Kbd> {t('key.open')}
            </span>
            <span>
              <Kbd>N</Kbd> {t('key.distinct')}
            </span>
          </p>
        </>
      ) : progress ? null : (
        <EmptyState icon={<CopyCheck />} action={last ? undefined : begin('primary')}>
          {t(last ? 'noneLeft' : 'never')}
        </EmptyState>
      )}
    </div>
  )
}
