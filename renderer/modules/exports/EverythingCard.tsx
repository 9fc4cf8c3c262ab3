import { FolderArchive } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../api/session.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { useStartExport } from './exports-context.ts'

/** Everything in one file that any program opens: nobody is held here by their data. */
export function EverythingCard() {
  const { t } = useTranslation('exports')
  const language = useLanguage()
  const can = useCan('exports.run')
  const start = useStartExport()
  const { on: isCounter } = useCounterMode()
  const [isPrivate, setPrivate] = useState(false)
  if (!can) return null
  return (
    <Card title={t('everything.title')}>
      <p className="mb-3 text-muted">{t('everything.lead')}</p>
      {isCounter ? (
        <p>{t('everything.atCounter')}</p>
      ) : (
        <>
          <div className="mb-3">
            <Checkbox label={t('private')} description={t('privateNote')} value={isPrivate} onChange={setPrivate} />
          </div>
          <Button
            icon={<FolderArchive />}
            onPress={() => start({ what: 'everything', format: 'zip', private: isPrivate, language })}
          >
            {t('everything.start')}
          </Button>
        </>
      )}
    </Card>
  )
}
