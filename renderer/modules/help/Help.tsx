import { useTranslation } from 'react-i18next'

export function Help() {
  const { t } = useTranslation()
  return <h1 className="text-xl font-bold">{t('help:title')}</h1>
}
