import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { type Copy, lastPart, sizeText, whenText } from './backups-model.ts'

/** One copy: when, why, how many customers, how big, where; good is what it should be, so only the rest is marked. */
export function CopyRow({
  copy,
  isUsual,
  onLook,
}: {
  copy: Copy
  isUsual: boolean
  onLook: ((file: string) => void) | null
}) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const when = whenText(copy.at, language) ?? t('list.unknownTime')
  const facts = [
    copy.customers === null
      ? null
      : t('list.customers', { count: copy.customers, n: formatNumber(copy.customers, language) }),
    sizeText(t, copy.bytes, language),
    isUsual ? null : lastPart(copy.folder),
  ].filter((fact) => fact !== null)
  const tone = copy.state === 'damaged' ? 'bad' : 'warn'
  return (
    <li className="flex items-center gap-3 border-b border-line py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <time
            dateTime={copy.at === null ? undefined : new Date(copy.at).toISOString()}
            className="font-semibold"
            title={copy.name}
          >
            {when}
          </time>
          {copy.reason ? <span className="text-xs text-muted">{t(`reason.${copy.reason}`)}</span> : null}
          {copy.state === 'good' ? null : <Badge tone={tone}>{t(`state.${copy.state}`)}</Badge>}
          {copy.own || copy.at === null ? null : <Badge>{t('list.otherBook')}</Badge>}
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
      {onLook && copy.state !== 'damaged' ? (
        <Button size="sm" icon={<Eye />} aria-label={t('list.lookAt', { at: when })} onPress={() => onLook(copy.file)}>
          {t('list.look')}
        </Button>
      ) : null}
    </li>
  )
}
