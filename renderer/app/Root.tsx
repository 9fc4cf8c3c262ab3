import { Navigate, Outlet, useMatches } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/domain/roles.ts'
import { useStatus, useUser } from '../api/session.ts'
import { ExportsTray } from '../modules/exports/ExportsTray.tsx'
import { NotAllowed } from './NotAllowed.tsx'
import { Shell } from './Shell.tsx'

/** What is around every page: the first run has nothing, the rest the shell. */
export function Root() {
  const { t } = useTranslation()
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData })
  const isSetUp = useStatus().data?.set_up ?? false
  const user = useUser()
  const isAllowed = !page?.permission || can(user?.role ?? null, page.permission)
  const title = page?.title
  useEffect(() => {
    document.title = title ? `${t(title)} · ${t('common:appName')}` : t('common:appName')
  }, [t, title])
  if (page?.bare) return <Outlet />
  if (!isSetUp) return <Navigate to="/welcome" />
  return (
    <Shell>
      <ExportsTray>{isAllowed ? <Outlet /> : <NotAllowed />}</ExportsTray>
    </Shell>
  )
}
