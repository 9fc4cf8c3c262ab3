import { type ReactNode, useLayoutEffect } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { Language } from './locale.ts'
import { ToastProvider } from './Toast.tsx'

/** English keeps the Jalali calendar: the shop's dates do not change with the language of its screen. */
export const localeOf = { fa: 'fa-IR', en: 'en-US-u-ca-persian' } as const

/** Sets language and direction for React Aria and for <html>, and holds the toasts. Wrap the whole app once. */
export function AppProviders({ language, children }: { language: Language; children: ReactNode }) {
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = language === 'fa' ? 'rtl' : 'ltr'
  }, [language])
  return (
    <I18nProvider locale={localeOf[language]}>
      <ToastProvider>{children}</ToastProvider>
    </I18nProvider>
  )
}
