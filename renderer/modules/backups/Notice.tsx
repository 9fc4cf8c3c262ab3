import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../api/client.ts'
import { useDevice } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { MassWarning } from './MassWarning.tsx'

const PAGE = '/settings/backups'

/** Above every page: only a mass change is worth that. On the page of backups it is said there, and at the counter it is nobody else's business. */
export function Notice() {
  const { t } = useTranslation('backups')
  const app = useApp()
  const { data } = useQuery(rpc.backups.status.queryOptions())
  const isThere = useRouterState({ select: ({ location }) => location.pathname === PAGE })
  const { counter_mode } = useDevice()
  if (!data?.mass || isThere || counter_mode) return null
  return (
    <div className="border-b border-line px-5 py-2">
      <MassWarning
        mass={data.mass}
        more={
          <Button size="sm" onPress={() => app.go(PAGE)}>
            {t('mass.look')}
          </Button>
        }
      />
    </div>
  )
}
