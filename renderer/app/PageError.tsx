import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { errorDetail } from './error-detail.ts'

/** A page that broke: the rest of the program goes on. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  return (
    <div className="mx-auto max-w-2xl pt-8">
      <ErrorState
        title={t('app:broken.title')}
        kept={t('app:broken.kept')}
        advice={t('app:broken.todo')}
        detail={errorDetail(error)}
        actions={
          <>
            <Button variant="primary" size="sm" onPress={reset}>
              {t('app:broken.again')}
            </Button>
            <Button size="sm" onPress={() => location.reload()}>
              {t('app:broken.reload')}
            </Button>
          </>
        }
      />
    </div>
  )
}
