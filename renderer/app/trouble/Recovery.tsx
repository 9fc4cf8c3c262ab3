import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import { RecoveryCard } from './RecoveryCard.tsx'
import { forgetRecovered, rememberRecovered } from './recovered.ts'
import { useRecovery } from './use-recovery.ts'

/** The two ways out of a damaged file: each shows what it would bring before anything is decided. `tries` looks into the folders anew. */
export function Recovery({ tries }: { tries: number }) {
  const { t } = useTranslation('recovery')
  const language = useLanguage()
  const client = useQueryClient()
  const state = useQuery(rpc.recovery.state.queryOptions({ staleTime: 0, retry: false }))
  const recovery = useRecovery(state.refetch)
  const [isUsing, setUsing] = useState(false)
  const use = useCommand(api.recovery.use, { onDone: () => void client.invalidateQueries(), onError: forgetRecovered })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another try looks again
  useEffect(() => {
    if (tries > 0) void state.refetch()
  }, [tries])
  const n = (value: number) => formatNumber(value, language)
  const copy = state.data?.copies[0]
  const bookOf = (way: 'backup' | 'salvage') => state.data?.books.find((book) => book.way === way) ?? null
  const cardOf = (way: 'backup' | 'salvage') => ({
    way,
    title: t(`way.${way}.title`),
    book: bookOf(way),
    progress: recovery.way === way ? recovery.progress : null,
    secondsLeft: recovery.secondsLeft,
    isBusy: recovery.way !== null || isUsing,
    onPrepare: () => recovery.start(way, t('owner')),
    onCancel: recovery.cancel,
    onUse: () => {
      setUsing(true)
      rememberRecovered()
      void use.run({ way }).finally(() => setUsing(false))
    },
  })
  const when = copy ? formatDateTime(copy.at, Date.now(), language) : ''
  const lead = copy
    ? t('way.backup.lead', { when, customers: n(copy.customers) })
    : t(state.isPending ? 'way.backup.looking' : 'way.backup.none')
  return (
    <section aria-label={t('question')} className="flex flex-col gap-3">
      <div>
        <h2 className="font-bold">{t('question')}</h2>
        <p className="text-muted">{t('lead')}</p>
      </div>
      {/* What came of it is read out; the buttons and counts are not. */}
      <p role="status" className="text-bad empty:hidden">
        {recovery.note}
      </p>
      {state.isPending ? null : (
        <div className="grid items-start gap-4 md:grid-cols-2">
          <RecoveryCard
            {...cardOf('backup')}
            lead={lead}
            file={copy?.file}
            isPossible={copy !== undefined}
            isSuggested={copy !== undefined}
          />
          <RecoveryCard
            {...cardOf('salvage')}
            lead={t('way.salvage.lead')}
            isPossible
            isSuggested={copy === undefined}
          />
        </div>
      )}
    </section>
  )
}
