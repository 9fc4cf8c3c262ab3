import { useLocale } from 'react-aria-components'

export type Language = 'fa' | 'en'

/** The language of the screen, read from React Aria's provider so that texts, digits and calendars agree. */
export const useLanguage = (): Language => (useLocale().locale.startsWith('fa') ? 'fa' : 'en')
