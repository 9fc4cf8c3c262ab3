import { useTranslation } from 'react-i18next'
import { localDigits } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import { useToast } from '../../ui/Toast.tsx'

/** Gives `copy(text, shown)`: puts the text (Latin digits) on the clipboard and says so. */
export function useCopy() {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const toast = useToast()
  return (text: string, shown = text) =>
    void navigator.clipboard
      .writeText(text)
      .then(() =>
        toast({
          message: t('show.copied', { value: `\u2068${localDigits(shown, language)}\u2069` }),
          tone: 'ok',
          timeout: 3000,
        }),
      )
      .catch(() => {})
}
