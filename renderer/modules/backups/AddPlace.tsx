import { useQuery } from '@tanstack/react-query'
import { Plus, Usb } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { exampleOf, troubleText } from './backups-model.ts'
import { PathForm } from './PathForm.tsx'

/** A typed path, or a stick that is plugged in: one press. */
export function AddPlace({ chosen, usual }: { chosen: readonly string[]; usual: string }) {
  const { t } = useTranslation('backups')
  const [path, setPath] = useState('')
  const [error, setError] = useState<string | undefined>()
  const { data: places } = useQuery(rpc.backups.places.queryOptions({ staleTime: 0 }))
  const example = exampleOf(usual, 'folder')
  const add = useCommand(api.backups.set, {
    message: () => t('places.added'),
    onDone: () => setPath(''),
    onError: (caught) => {
      setError(troubleText(t, caught, example))
      return true
    },
  })
  const use = (folder: string) => {
    if (add.isRunning) return
    setError(undefined)
    void add.run({ folders: [...chosen, folder] })
  }
  if (chosen.length >= 2) return <p className="text-xs text-muted">{t('places.full')}</p>
  const offered = (places ?? []).filter((place) => !chosen.some((folder) => folder.startsWith(place.path)))
  return (
    <PathForm
      label={t('places.add')}
      description={t('places.addNote', { example })}
      error={error}
      button={t('places.addButton')}
      icon={<Plus />}
      isBusy={add.isRunning}
      value={path}
      onChange={(value) => {
        setPath(value)
        setError(undefined)
      }}
      onSubmit={use}
    >
      {offered.length > 0 ? (
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          {t('places.plugged')}
          {offered.map((place) => (
            <Button key={place.path} size="sm" icon={<Usb />} onPress={() => use(place.path)}>
              {t('places.use', { name: place.name })}
            </Button>
          ))}
        </p>
      ) : null}
    </PathForm>
  )
}
