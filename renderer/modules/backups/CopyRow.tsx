import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { type Copy, lastPart, sizeText } from './backups-model.ts'
import { CopyLine } from './CopyLine.tsx'
import type { CopyName } from './copy-names.ts'

/** One copy: when, why, how many customers, how big, where; good is what it should be, so only the rest is marked. */
export function CopyRow({
  copy,
  name,
  isUsual,
  onLook,
}: {
  copy: Copy
  name: CopyName
  isUsual: boolean
  onLook: ((file: string) => void) | null
}) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const { customers } = copy
  return (
    <CopyLine
      at={copy.at}
      when={name.when}
      hint={copy.name}
      marks={
        <>
          {copy.reason ? <span className="text-xs text-muted">{t(`reason.${copy.reason}`)}</span> : null}
          {copy.state === 'good' ? null : (
            <Badge tone={copy.state === 'damaged' ? 'bad' : 'warn'}>{t(`state.${copy.state}`)}</Badge>
          )}
          {copy.own || copy.at === null ? null : <Badge>{t('list.otherBook')}</Badge>}
        </>
      }
      facts={[
        customers === null ? null : t('list.customers', { count: customers, n: formatNumber(customers, language) }),
        sizeText(t, copy.bytes, language),
        isUsual ? null : lastPart(copy.folder),
      ]}
      action={
        onLook && copy.state !== 'damaged' ? (
          <Button
            size="sm"
            icon={<Eye />}
            aria-label={t('list.lookAt', { at: name.label })}
            onPress={() => onLook(copy.file)}
          >
            {t('list.look')}
          </Button>
        ) : null
      }
    />
  )
}
