import { ArchiveRestore } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { lastPart } from '../backups/backups-model.ts'
import { type Found, whenMade } from './setup-model.ts'

/** A copy lies here: said before anything is asked, as whoever lost a book looks for nothing else. */
export function FoundCopy(props: { copy: Found; others: number; onRestore: () => void; onOthers: () => void }) {
  const { t } = useTranslation('setup')
  const language = useLanguage()
  const { at, customers, business, folder } = props.copy
  const n = formatNumber(customers, language)
  return (
    <section
      aria-label={t('restore.title')}
      className="on-soft flex items-start gap-3.5 rounded-card border border-accent bg-accent-soft p-4"
    >
      <ArchiveRestore className="mt-0.5 size-6 shrink-0 text-accent-ink" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div role="status">
          <p className="text-base font-bold">{t('found.title', { count: customers, n, at: whenMade(at, language) })}</p>
          <p>
            {business ? t('found.business', { business: `\u2068${business}\u2069` }) : null}
            {business ? t('customers:comma') : null}
            <bdi title={folder}>{t('found.folder', { folder: `\u2068${lastPart(folder)}\u2069` })}</bdi>
          </p>
        </div>
        <p className="text-muted">{t('found.lead')}</p>
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" icon={<ArchiveRestore />} onPress={props.onRestore}>
            {t('found.restore')}
          </Button>
          <Button onPress={props.onOthers}>{t(props.others > 0 ? 'found.others' : 'found.elsewhere')}</Button>
        </div>
      </div>
    </section>
  )
}
