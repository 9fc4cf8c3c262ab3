import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { lastPart, sizeText } from '../backups/backups-model.ts'
import { type Found, whenMade } from './setup-model.ts'

/** One copy: of when, of whom, how many customers, how big, where. */
export function FoundRow({ copy, onRestore }: { copy: Found; onRestore: (file: string) => void }) {
  const { t } = useTranslation('setup')
  const language = useLanguage()
  const when = whenMade(copy.at, language)
  const facts = [
    copy.business,
    t('backups:list.customers', { count: copy.customers, n: formatNumber(copy.customers, language) }),
    sizeText(t, copy.bytes, language),
    lastPart(copy.folder),
  ].filter((fact) => fact !== null)
  return (
    <li className="flex items-center gap-3 border-b border-line py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <time dateTime={new Date(copy.at).toISOString()} className="font-semibold" title={copy.file}>
            {when}
          </time>
          {copy.checked ? null : <Badge tone="warn">{t('backups:state.unchecked')}</Badge>}
        </p>
        <p className="text-xs text-muted">
          {facts.map((fact, i) => (
            <span key={fact}>
              {i > 0 ? t('customers:comma') : null}
              <bdi>{fact}</bdi>
            </span>
          ))}
        </p>
      </div>
      <Button size="sm" aria-label={t('restore.oneAt', { at: when })} onPress={() => onRestore(copy.file)}>
        {t('restore.one')}
      </Button>
    </li>
  )
}
