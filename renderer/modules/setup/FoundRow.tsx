import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { lastPart, sizeText } from '../backups/backups-model.ts'
import { CopyLine } from '../backups/CopyLine.tsx'
import type { CopyName } from '../backups/copy-names.ts'
import type { Found } from './setup-model.ts'

type FoundRowProps = { copy: Found; name: CopyName; onRestore: (file: string) => void }

/** One copy: of when, of whom, how many customers, how big, where. */
export function FoundRow({ copy, name, onRestore }: FoundRowProps) {
  const { t } = useTranslation('setup')
  const language = useLanguage()
  const { customers } = copy
  return (
    <CopyLine
      at={copy.at}
      when={name.when}
      hint={copy.file}
      marks={copy.checked ? null : <Badge tone="warn">{t('backups:state.unchecked')}</Badge>}
      facts={[
        copy.business,
        t('backups:list.customers', { count: customers, n: formatNumber(customers, language) }),
        sizeText(t, copy.bytes, language),
        lastPart(copy.folder),
      ]}
      action={
        <Button size="sm" aria-label={t('restore.oneAt', { at: name.label })} onPress={() => onRestore(copy.file)}>
          {t('restore.one')}
        </Button>
      }
    />
  )
}
