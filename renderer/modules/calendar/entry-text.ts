import { createContext, use, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCounterMode } from '../../app/counter-mode.ts'
import { useLanguage } from '../../ui/locale.ts'
import { formatMinute } from '../../ui/when-text.ts'
import type { Entry } from './calendar-model.ts'

interface EntryText {
  /** Its title, or what it was. */
  title(entry: Entry): string
  /** «۰۹:۳۰»; null: any time of the day. */
  time(entry: Entry): string | null
  /** Time, title and with whom, where there is no room for them; nothing while a customer looks on. */
  tooltip(entry: Entry): string | undefined
  /** What signs alone say of it, for those who hear it. */
  signs(entry: Entry): string
}

/** Made once for a page: a month has hundreds of entries, and each `useTranslation` or question for the mode is a subscription. */
export const EntryTextContext = createContext<EntryText | null>(null)

export function useEntryText(): EntryText {
  const text = use(EntryTextContext)
  if (!text) throw new Error('useEntryText needs EntryTextContext around it')
  return text
}

export function useMakeEntryText(): EntryText {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const { on: isCounter } = useCounterMode()
  return useMemo(() => {
    const joined = (parts: ReadonlyArray<string | null | undefined>) =>
      parts.filter(Boolean).join(language === 'fa' ? '، ' : ', ')
    const title = (entry: Entry) => entry.title || t(`kind.${entry.kind}`)
    const time = ({ minute }: Entry) => (minute === null ? null : formatMinute(minute, language))
    return {
      title,
      time,
      tooltip: (entry) => (isCounter ? undefined : joined([time(entry), title(entry), entry.party?.name])),
      signs: ({ type, kind, status }) =>
        joined([
          t(`kind.${kind}`),
          type === 'again' ? t('again') : null,
          type === 'happened' ? t('happened') : status === 'done' ? t('done') : null,
        ]),
    }
  }, [t, language, isCounter])
}
