import { useTranslation } from 'react-i18next'
import { errorCode, errorText } from '../../api/errors.ts'
import { Card } from '../../ui/Card.tsx'
import { MemberRow } from './MemberRow.tsx'
import type { SyncStatus } from './sync-model.ts'
import { useAskedAgain } from './use-asked-again.ts'
import { useMembers } from './use-members.ts'

/** Which colleague has which customers; for the owner, because only owners give shares. */
export function MembersCard({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('sync')
  const members = useMembers()
  const { data, error } = members
  useAskedAgain(members, status)
  return (
    <Card title={t('members.title')}>
      <p className="mb-2 text-muted">{t('members.lead')}</p>
      {error ? (
        <p role="status" className="text-muted">
          {errorCode(error) === 'SYNC_UNREACHABLE' ? t('members.away') : errorText(t, error)}
        </p>
      ) : null}
      <ul>
        {data?.members.map((member) => (
          <MemberRow key={member.user_id} member={member} all={data.customers} clock={status.clock ?? 0} />
        ))}
      </ul>
    </Card>
  )
}
