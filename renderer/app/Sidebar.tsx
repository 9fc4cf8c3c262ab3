import { useRouterState } from '@tanstack/react-router'
import { type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/domain/roles.ts'
import { useUser } from '../api/session.ts'
import { cx } from '../ui/cx.ts'
import { useApp, useModules } from './app-context.ts'
import { DataState } from './DataState.tsx'
import { Logo } from './Logo.tsx'
import type { MenuEntry } from './module.ts'

const itemClass =
  'relative flex h-9 items-center gap-3 rounded-lg px-3 text-muted outline-offset-[-2px] hover:bg-surface-2 hover:text-text max-lg:justify-center max-lg:px-0 [&>svg]:size-4.5 [&>svg]:shrink-0'

/** The browser's own link, drawn again only when one comes to its page or leaves it: the menu stands beside every page that is opened. */
const Item = memo(function Item({ entry, isHere }: { entry: MenuEntry; isHere: boolean }) {
  const { t } = useTranslation()
  const app = useApp()
  const { icon: Icon } = entry
  const marks = useModules().flatMap(({ name, marks }) => {
    const Mark = marks?.[entry.to]
    return Mark ? [[name, Mark] as const] : []
  })
  const go = (event: MouseEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    app.go(entry.to)
  }
  const prepare = () => app.prepare(entry.to)
  return (
    <li>
      <a
        href={`#${entry.to}`}
        onClick={go}
        onPointerEnter={prepare}
        onFocus={prepare}
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
      </a>
    </li>
  )
})

/** Every page below the first part of the address belongs to an entry: /settings/data to /settings/business. */
const areaOf = (path: string) => path.split('/')[1]

/** The menu: only what exists. On a narrow window only the icons stay. */
export function Sidebar() {
  const { t } = useTranslation()
  const role = useUser()?.role ?? null
  const modules = useModules()
  const area = useRouterState({ select: ({ location }) => areaOf(location.pathname) })
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
          <Item key={entry.to} entry={entry} isHere={areaOf(entry.to) === area} />
        ))}
      </ul>
      <div className="mt-auto flex flex-col gap-1.5">
        <DataState />
        {modules.map(({ name, Foot }) => (Foot ? <Foot key={name} /> : null))}
        <ul className="flex flex-col gap-0.5">
          {at('foot').map((entry) => (
            <Item key={entry.to} entry={entry} isHere={areaOf(entry.to) === area} />
          ))}
        </ul>
      </div>
    </nav>
  )
}
