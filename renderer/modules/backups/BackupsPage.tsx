import { useQuery } from '@tanstack/react-query'
import { rpc } from '../../api/client.ts'
import { CopiesCard } from './CopiesCard.tsx'
import { PlacesCard } from './PlacesCard.tsx'
import { StateCard } from './StateCard.tsx'

/** The settings section «پشتیبان»: how it stands, what there is, where it goes. */
export function BackupsPage() {
  const { data: status } = useQuery(rpc.backups.status.queryOptions({ staleTime: 0 }))
  if (!status) return null
  const usual = status.folders[0]?.path ?? ''
  return (
    <>
      <StateCard status={status} />
      <CopiesCard usual={usual} />
      <PlacesCard folders={status.folders} />
    </>
  )
}
