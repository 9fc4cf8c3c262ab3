import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../ui/locale.ts'
import { clockText, type SyncStatus, whenText } from './sync-model.ts'

/** What is not as it should be, and that work goes on all the same; nothing where all is well. */
export function StateNotes({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const { offline_since, clock, code } = status
  const isAnswered = code === 'not_daftar' || code === 'certificate'
  const notes = [
    // Where something answers, and not the server, its own sentence says so.
    offline_since === null || isAnswered ? null : t('panel.offline', { at: whenText(offline_since, language) }),
    code === null || code === 'network' ? null : t(`code.${code}`),
    clock === null ? null : clockText(t, clock, language),
  ].filter((note) => note !== null)
  if (notes.length === 0) return null
  return (
    <div className="flex flex-col gap-1.5 text-[0.8125rem] text-muted">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}
