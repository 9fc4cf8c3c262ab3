import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../ui/Toast.tsx'

/** A new book makes every window begin anew, so what is to be said then is kept by the browser meanwhile. */
const KEY = 'daftar.recovered'
/** Tells this page from the one after the new beginning, where the notice would not be wiped away at once. */
const thisPage = () => String(performance.timeOrigin)

export function rememberRecovered(): void {
  sessionStorage.setItem(KEY, thisPage())
}

/** The book did not open after all. Gives undefined, so that the error itself is still told. */
export function forgetRecovered(): undefined {
  sessionStorage.removeItem(KEY)
}

/** Says once, when the book is there, that it was recovered and where the damaged file is. */
export function useRecoveredNotice(isReady: boolean): void {
  const { t } = useTranslation('recovery')
  const toast = useToast()
  useEffect(() => {
    const asked = sessionStorage.getItem(KEY)
    if (!isReady || asked === null || asked === thisPage()) return
    sessionStorage.removeItem(KEY)
    toast({ message: t('opened'), tone: 'ok', timeout: 20_000 })
  }, [isReady, toast, t])
}
