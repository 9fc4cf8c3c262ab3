import { useQuery } from '@tanstack/react-query'
import { ArchiveRestore, MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { useSteps } from '../backups/use-steps.ts'
import { JoinStep } from '../sync/JoinStep.tsx'
import { useSyncStatus } from '../sync/use-sync-status.ts'
import { BusinessStep } from './BusinessStep.tsx'
import { FoundCopy } from './FoundCopy.tsx'
import { RestoreStep } from './RestoreStep.tsx'

/** A new book by four questions, one there is a copy of (found by itself, or by its path), or the one colleagues have on other devices. */
export function FirstStep({ onDone }: { onDone: (businessName: string) => void }) {
  const { t } = useTranslation('setup')
  const [isRestore, setRestore] = useState(false)
  const [isJoining, setJoining] = useState(false)
  const sync = useSyncStatus()
  const work = useSteps()
  const { data: copies, isPending } = useQuery(rpc.setup.copies.queryOptions({ input: {}, staleTime: 0, retry: false }))
  const restore = (file: string) => {
    setRestore(true)
    void work.follow((signal) => api.setup.restore({ file }, { signal }))
  }
  // Also after the window was closed in between.
  if (isJoining || (sync && sync.state !== 'off')) return <JoinStep onBack={() => setJoining(false)} />
  if (isRestore) return <RestoreStep work={work} onRestore={restore} onBack={() => setRestore(false)} />
  const newest = copies?.[0]
  return (
    <>
      {newest ? (
        <FoundCopy
          copy={newest}
          others={copies.length - 1}
          onRestore={() => restore(newest.file)}
          onOthers={() => setRestore(true)}
        />
      ) : null}
      {/* It may take seconds where a drive is slow, and whoever lost a book must not take the questions for all there is. */}
      <p role="status" className="text-muted empty:hidden">
        {isPending ? t('found.looking') : null}
      </p>
      <BusinessStep onDone={onDone} />
      <p className="flex flex-wrap items-center gap-2 text-muted">
        {t('sync:join.offer')}
        <Button size="sm" icon={<MonitorSmartphone />} onPress={() => setJoining(true)}>
          {t('sync:join.open')}
        </Button>
      </p>
      {newest ? null : (
        <p className="flex flex-wrap items-center gap-2 text-muted">
          {t('restore.offer')}
          <Button size="sm" icon={<ArchiveRestore />} onPress={() => setRestore(true)}>
            {t('restore.title')}
          </Button>
        </p>
      )}
    </>
  )
}
