import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../api/client.ts'
import { exampleOf, troubleText } from '../backups/backups-model.ts'
import { PathForm } from '../backups/PathForm.tsx'
import { FoundList } from './FoundList.tsx'

/** Which system this is, for the example of a path; there is no book yet whose folder would tell. */
const here = () => (/Windows/.test(navigator.userAgent) ? 'C:\\' : '/')

/** A copy or a folder of copies by its path; what is there is listed below it. */
export function RestorePlace({ onRestore }: { onRestore: (file: string) => void }) {
  const { t } = useTranslation('setup')
  const [path, setPath] = useState('')
  const [place, setPlace] = useState<string | null>(null)
  const there = useQuery({
    ...rpc.setup.copies.queryOptions({ input: { place: place ?? '' }, staleTime: 0, gcTime: 0, retry: false }),
    enabled: place !== null,
  })
  const look = (typed: string) => {
    if (typed === place) void there.refetch()
    else setPlace(typed)
  }
  const isSame = place !== null && path.trim() === place
  return (
    <div className="flex flex-col gap-2">
      <PathForm
        label={t('restore.place')}
        description={t('restore.placeNote', { example: exampleOf(here(), 'folder') })}
        error={isSame && there.error ? troubleText(t, there.error, '') : undefined}
        button={t('restore.look')}
        value={path}
        onChange={setPath}
        onSubmit={look}
      />
      {isSame && there.data ? (
        <div role="status">
          {there.data.length === 0 ? <p>{t('restore.noneThere')}</p> : null}
          <FoundList copies={there.data} onRestore={onRestore} />
        </div>
      ) : null}
    </div>
  )
}
