import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { localDigits } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import { isNumber } from './Name.tsx'

/** Gives `text(name)`: a customer's name inside a sentence, with a direction of its own. */
export function useNameText() {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  return useCallback(
    (name: string) => {
      if (!name) return t('nameless')
      return isNumber(name) ? `\u2066${localDigits(name, language)}\u2069` : `\u2068${name}\u2069`
    },
    [t, language],
  )
}
