import { Link, useParams } from '@tanstack/react-router'
import {
  Building2,
  CalendarDays,
  Database,
  DatabaseBackup,
  Info,
  MonitorSmartphone,
  Palette,
  Tags,
  UsersRound,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NotFound } from '../../app/NotFound.tsx'
import { cx } from '../../ui/cx.ts'
import { BackupsPage } from '../backups/BackupsPage.tsx'
import { Mark } from '../backups/Mark.tsx'
import { CalendarSettings } from '../calendar/CalendarSettings.tsx'
import { Mark as SyncMark } from '../sync/Mark.tsx'
import { SyncSettings } from '../sync/SyncSettings.tsx'
import { ColleaguesPage } from '../users/ColleaguesPage.tsx'
import { About } from './About.tsx'
import { Appearance } from './Appearance.tsx'
import { BusinessSettings } from './BusinessSettings.tsx'
import { DataSettings } from './DataSettings.tsx'
import { Lists } from './Lists.tsx'

const SECTIONS = {
  business: { icon: Building2, Page: BusinessSettings },
  users: { icon: UsersRound, Page: ColleaguesPage },
  appearance: { icon: Palette, Page: Appearance },
  calendar: { icon: CalendarDays, Page: CalendarSettings },
  lists: { icon: Tags, Page: Lists },
  data: { icon: Database, Page: DataSettings },
  backups: { icon: DatabaseBackup, Page: BackupsPage },
  sync: { icon: MonitorSmartphone, Page: SyncSettings },
  about: { icon: Info, Page: About },
} as const
const isSection = (name: string): name is keyof typeof SECTIONS => name in SECTIONS

/** Settings: the sections at the side, one of them open. */
export function SettingsPage() {
  const { t } = useTranslation()
  const { section = 'business' } = useParams({ strict: false }) as { section?: string }
  if (!isSection(section)) return <NotFound />
  const { Page } = SECTIONS[section]
  return (
    <div className="flex gap-6 max-md:flex-col">
      <nav aria-label={t('settings:title')} className="w-50 shrink-0">
        <h1 className="mb-3 text-xl font-bold">{t('settings:title')}</h1>
        <ul className="flex flex-col gap-0.5 max-md:flex-row max-md:flex-wrap">
          {Object.entries(SECTIONS).map(([id, { icon: Icon }]) => (
            <li key={id}>
              <Link
                to="/settings/$section"
                params={{ section: id }}
                aria-current={id === section ? 'page' : undefined}
                className={cx(
                  'flex h-9 items-center gap-2.5 rounded-lg px-3',
                  id === section
                    ? 'bg-accent-soft font-semibold text-accent-ink'
                    : 'text-muted hover:bg-surface-2 hover:text-text',
                )}
              >
                <Icon className="size-4 shrink-0" aria-hidden="true" />
                {t(`settings:section.${id}`)}
                {id === 'backups' ? <Mark className="ms-auto" /> : null}
                {id === 'sync' ? <SyncMark className="ms-auto" /> : null}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex max-w-2xl min-w-0 flex-1 flex-col gap-4 pb-8">
        <Page />
      </div>
    </div>
  )
}
