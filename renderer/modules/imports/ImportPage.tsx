import { useTranslation } from 'react-i18next'

export function ImportPage() {
  const { t } = useTranslation()
  return <h1 className="text-xl font-bold">{t('imports:title')}</h1>
}
