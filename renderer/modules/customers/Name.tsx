import { useTranslation } from 'react-i18next'

/** A customer's name in its own direction; «nameless» in grey where only a phone is known. */
export function Name({ name }: { name: string }) {
  const { t } = useTranslation('customers')
  return name ? <bdi>{name}</bdi> : <span className="font-normal text-muted">{t('nameless')}</span>
}
