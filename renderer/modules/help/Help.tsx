import { Link, useParams } from '@tanstack/react-router'
import { GraduationCap, Keyboard } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../app/app-context.ts'
import { KeyList } from '../../app/KeyMap.tsx'
import { NotFound } from '../../app/NotFound.tsx'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'

const PAGES = [
  'start',
  'finding',
  'customers',
  'activities',
  'tasks',
  'calendar',
  'leads',
  'colleagues',
  'import',
  'history',
  'counter',
  'backup',
  'keyboard',
] as const
const isPage = (name: string): name is (typeof PAGES)[number] => (PAGES as readonly string[]).includes(name)

type Part = { heading: string; text: string }

/** Short help: one page a subject, in the words of the screen. The text lives in locales/<language>/help.json. */
export function Help() {
  const { t } = useTranslation()
  const app = useApp()
  const { page = 'start' } = useParams({ strict: false }) as { page?: string }
  if (!isPage(page)) return <NotFound />
  const parts = t(`help:page.${page}.parts`, { returnObjects: true }) as unknown as Part[]
  return (
    <div className="flex gap-6 max-md:flex-col">
      <nav aria-label={t('help:title')} className="w-50 shrink-0">
        <p className="mb-3 text-xl font-bold">{t('help:title')}</p>
        <ul className="flex flex-col gap-0.5 max-md:flex-row max-md:flex-wrap">
          {PAGES.map((id) => (
            <li key={id}>
              <Link
                to="/help/$page"
                params={{ page: id }}
                aria-current={id === page ? 'page' : undefined}
                className={cx(
                  'flex h-9 items-center rounded-lg px-3',
                  id === page
                    ? 'bg-accent-soft font-semibold text-accent-ink'
                    : 'text-muted hover:bg-surface-2 hover:text-text',
                )}
              >
                {t(`help:page.${id}.title`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <article className="max-w-2xl min-w-0 flex-1 rounded-card border border-line bg-surface p-6">
        <h1 className="mb-4 text-xl font-bold">{t(`help:page.${page}.title`)}</h1>
        {parts.map((part) => (
          <section key={part.heading} className="mb-5">
            <h2 className="mb-0.5 font-bold">{part.heading}</h2>
            {part.text.split('\n').map((line) => (
              <p key={line} className="mb-1">
                {line}
              </p>
            ))}
          </section>
        ))}
        {page === 'keyboard' ? <KeyList /> : null}
        {page === 'start' ? (
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" icon={<GraduationCap />} onPress={app.startTour}>
              {t('help:tour')}
            </Button>
            <Button icon={<Keyboard />} kbd="?" onPress={app.openKeys}>
              {t('app:keys.title')}
            </Button>
          </div>
        ) : null}
      </article>
    </div>
  )
}
