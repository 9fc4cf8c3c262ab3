import { type ReactNode, useLayoutEffect } from 'react'
import { I18nProvider, setInteractionModality } from 'react-aria-components'
import type { Language } from './locale.ts'
import { ToastProvider } from './Toast.tsx'

/** English keeps the Jalali calendar: the shop's dates do not change with the language of its screen. */
export const localeOf = { fa: 'fa-IR', en: 'en-US-u-ca-persian' } as const

/**
 * A button pressed by a key clicks like the cursor of a screen reader, for which React Aria moves the focus only with the next frame; the next key
 * would then go to what lies below the dialog or the menu that has just opened.
 */
function clickedByKey({ detail }: MouseEvent): void {
  if (detail === 0) setInteractionModality('keyboard')
}

/** Sets language and direction for React Aria and for <html>, and holds the toasts. Wrap the whole app once. */
export function AppProviders({ language, children }: { language: Language; children: ReactNode }) {
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = language === 'fa' ? 'rtl' : 'ltr'
  }, [language])
  useLayoutEffect(() => {
    document.addEventListener('click', clickedByKey, { capture: true })
    return () => document.removeEventListener('click', clickedByKey, { capture: true })
  }, [])
  return (
    <I18nProvider locale={localeOf[language]}>
      <ToastProvider>{children}</ToastProvider>
    </I18nProvider>
  )
}
