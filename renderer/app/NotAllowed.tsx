import { Link } from '@tanstack/react-router'
import { ShieldX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState.tsx'

/** An address that this person may not use: no menu leads there, but one can type it. */
export function NotAllowed() {
  const { t } = useTranslation()
  return (
    <>
      <h1 className="sr-only">{t('app:notAllowed.title')}</h1>
      <EmptyState
        icon={<ShieldX />}
        action={
          <Link to="/" className="font-semibold text-accent underline-offset-4 hover:underline">
            {t('app:notAllowed.back')}
          </Link>
        }
      >
        {t('app:notAllowed.text')}
      </EmptyState>
    </>
  )
}
