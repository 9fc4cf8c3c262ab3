import { useCan } from '../../api/session.ts'
import { DevicesCard } from './DevicesCard.tsx'
import { MembersCard } from './MembersCard.tsx'
import { OffCard } from './OffCard.tsx'
import { OnCard } from './OnCard.tsx'
import { Reconnect } from './Reconnect.tsx'
import { isCutOff } from './sync-model.ts'
import { useSyncStatus } from './use-sync-status.ts'

/** The settings section «همگام‌سازی»: what it is and how to begin; or how it stands, the devices of the business, and who has what. */
export function SyncSettings() {
  const status = useSyncStatus()
  const isOwner = useCan('owner.only')
  if (!status) return null
  if (status.state === 'off') return <OffCard status={status} isOwner={isOwner} />
  return (
    <>
      <OnCard status={status} isOwner={isOwner} />
      {isCutOff(status) ? <Reconnect isMoved={status.code === 'no_keys'} /> : <DevicesCard status={status} />}
      {isOwner && status.owner && !isCutOff(status) ? <MembersCard status={status} /> : null}
    </>
  )
}
