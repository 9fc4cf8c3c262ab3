import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../shared/domain/format.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { useLanguage } from '../ui/locale.ts'
import { AddButton } from './AddButton.tsx'
import { useApp } from './app-context.ts'
import { useToday } from './today.ts'
import { UserMenu } from './UserMenu.tsx'

/** Search, add, today, who is working. */
export function TopBar() {
  const { t } = useTranslation()
  const app = useApp()
  const language = useLanguage()
  const today = useToday()
  return (
    <header className="flex h-14.5 shrink-0 items-center gap-3 border-b border-line bg-surface px-5">
      <button
        type="button"
        data-tour="search"
        onClick={app.openPalette}
        aria-keyshortcuts="Control+K"
        className="flex h-9 w-full max-w-140 min-w-0 items-center gap-2.5 rounded-lg bg-surface-2 px-3 text-start text-muted hover:text-text"
      >
        <Search className="size-4 shrink-0" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate">{t('app:search')}</span>
        <span aria-hidden="true">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <AddButton />
      <time dateTime={today} className="ms-auto shrink-0 text-muted max-md:hidden">
        {formatDay(today, language, 'long')}
      </time>
      <UserMenu />
    </header>
  )
}
