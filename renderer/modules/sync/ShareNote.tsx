import { useTranslation } from 'react-i18next'
import { useColleagues } from '../users/use-colleagues.ts'
import type { SyncStatus } from './sync-model.ts'

/** On a device that has only one colleague's customers: whose they are, and that nothing is missing. */
export function ShareNote({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('sync')
  const { nameOf } = useColleagues()
  return t('share.partial', { name: `\u2068${nameOf(status.user_id) ?? '…'}\u2069` })
}
