import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/domain/roles.ts'
import { useUser } from '../api/session.ts'
import { cx } from '../ui/cx.ts'
import { useModules } from './app-context.ts'
import { DataState } from './DataState.tsx'
import { Logo } from './Logo.tsx'
import type { MenuEntry } from './module.ts'

const itemClass =
  'relative flex h-9 items-center gap-3 rounded-lg px-3 text-muted outline-offset-[-2px] hover:bg-surface-2 hover:text-text max-lg:justify-center max-lg:px-0 [&>svg]:size-4.5 [&>svg]:shrink-0'

function Item({ entry }: { entry: MenuEntry }) {
  const { t } = useTranslation()
  const { icon: Icon } = entry
  const marks = useModules().flatMap(({ name, marks }) => {
    const Mark = marks?.[entry.to]
    return Mark ? [[name, Mark] as const] : []
  })
  // Every page below the first part of the address belongs to the entry: /settings/data to /settings/business.
  const area = `/${entry.to.split('/')[1]}`
  const isHere = useRouterState({ select: ({ location }) => `${location.pathname}/`.startsWith(`${area}/`) })
  return (
    <li>
      <Link
        to={entry.to}
        className={cx(itemClass, isHere && 'bg-accent-soft! font-semibold text-accent-ink!')}
        aria-current={isHere ? 'page' : undefined}
        data-tour={entry.tour}
        title={t(entry.label)}
      >
        <Icon aria-hidden="true" />
        <span className="truncate max-lg:sr-only">{t(entry.label)}</span>
        {marks.map(([name, Mark]) => (
          <Mark key={name} className="ms-auto max-lg:absolute max-lg:end-1.5 max-lg:top-1.5" />
        ))}
      </Link>
    </li>
  )
}

/** The menu: only what exists. On a narrow window only the icons stay. */
export function Sidebar() {
  const { t } = useTranslation()
  const role = useUser()?.role ?? null
  const modules = useModules()
  const entries = modules
    .flatMap((module) => module.menu ?? [])
    .filter((entry) => !entry.permission || can(role, entry.permission))
  const at = (place: 'main' | 'foot') => entries.filter((entry) => (entry.place ?? 'main') === place)
  return (
    <nav
      aria-label={t('app:menu')}
      className="flex w-53 shrink-0 flex-col gap-3 overflow-y-auto border-e border-line bg-surface p-2.5 max-lg:w-15"
    >
      <div className="flex h-9 items-center gap-2.5 px-2 pt-1 max-lg:justify-center max-lg:px-0">
        <Logo />
        <span className="text-base font-bold max-lg:hidden">{t('common:appName')}</span>
      </div>
      <ul className="flex flex-col gap-0.5">
        {at('main').map((entry) => (
          <Item key={entry.to} entry={entry} />
        ))}
      </ul>
      <div className="mt-auto flex flex-col gap-1.5">
        <DataState />
        {modules.map(({ name, Foot }) => (Foot ? <Foot key={name} /> : null))}
        <ul className="flex flex-col gap-0.5">
          {at('foot').map((entry) => (
            <Item key={entry.to} entry={entry} />
          ))}
        </ul>
      </div>
    </nav>
  )
}
