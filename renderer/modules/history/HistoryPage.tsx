import { useTranslation } from 'react-i18next'

export function HistoryPage() {
  const { t } = useTranslation()
  return <h1 className="text-xl font-bold">{t('history:title')}</h1>
}
