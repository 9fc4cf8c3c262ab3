import { useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { errorDetail } from '../error-detail.ts'
import { TroubleFrame } from './TroubleFrame.tsx'

/** The window is there, the engine is not: the program was closed behind a browser tab, or is still starting. */
export function ConnectionTrouble({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return (
    <TroubleFrame
      title={t('app:connection.title')}
      kept={t('app:connection.kept')}
      todo={t('app:connection.todo')}
      detail={errorDetail(error)}
      actions={
        <Button variant="primary" icon={<RotateCw />} onPress={() => void client.invalidateQueries()} autoFocus>
          {t('app:trouble.retry')}
        </Button>
      }
    />
  )
}
