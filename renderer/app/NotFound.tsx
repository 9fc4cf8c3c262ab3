import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState.tsx'

/** An address that leads nowhere: an old bookmark, a typing error. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <>
      <h1 className="sr-only">{t('app:notFound.title')}</h1>
      <EmptyState
        icon={<Compass />}
        action={
          <Link to="/" className="font-semibold text-accent underline-offset-4 hover:underline">
            {t('app:notFound.back')}
          </Link>
        }
      >
        {t('app:notFound.text')}
      </EmptyState>
    </>
  )
}
