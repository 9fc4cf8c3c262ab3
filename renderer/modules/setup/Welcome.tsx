import { useTranslation } from 'react-i18next'

export function Welcome() {
  const { t } = useTranslation()
  return <h1 className="text-xl font-bold">{t('setup:title')}</h1>
}
