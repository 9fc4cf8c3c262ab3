import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { TextField } from '../../ui/TextField.tsx'
import { exampleOf, troubleText } from '../backups/backups-model.ts'
import { FoundRow } from './FoundRow.tsx'

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
  const look = () => {
    const typed = path.trim()
    if (!typed) return
    if (typed === place) void there.refetch()
    else setPlace(typed)
  }
  const keys = useFormKeys({ onSave: look })
  const isSame = place !== null && path.trim() === place
  return (
    <div className="flex flex-col gap-2">
      <form {...keys} className="flex items-start gap-2">
        <TextField
          label={t('restore.place')}
          description={t('restore.placeNote', { example: exampleOf(here(), 'folder') })}
          error={isSame && there.error ? troubleText(t, there.error, '') : undefined}
          value={path}
          onChange={setPath}
          dir="ltr"
          maxLength={1000}
          className="min-w-0 flex-1"
        />
        <Button type="submit" isDefault isDisabled={!path.trim()} className="mt-6.5">
          {t('restore.look')}
        </Button>
      </form>
      {isSame && there.data ? (
        <div role="status">
          {there.data.length === 0 ? <p>{t('restore.noneThere')}</p> : null}
          <ul className="flex flex-col">
            {there.data.map((copy) => (
              <FoundRow key={copy.file} copy={copy} onRestore={onRestore} />
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
