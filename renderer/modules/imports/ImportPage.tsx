import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../api/client.ts'
import { useDraft } from '../../api/draft.ts'
import { ChooseFile } from './ChooseFile.tsx'
import { isFile, type Waiting } from './import-model.ts'
import { MapColumns } from './MapColumns.tsx'
import { PastImports } from './PastImports.tsx'
import { Running } from './Running.tsx'
import { Unfinished } from './Unfinished.tsx'
import { useImportJob } from './use-import-job.ts'

/** Choose a file, look at what its columns are, let it come in, see what came of it. */
export function ImportPage() {
  const { t } = useTranslation()
  const list = useQuery(rpc.imports.list.queryOptions()).data?.filter(isFile)
  const { restored, save, clear } = useDraft<Waiting>('imports.waiting')
  const [edited, setEdited] = useState<Waiting | null | undefined>(undefined)
  const job = useImportJob()

  // A draft is worth something only while the engine still keeps its file.
  const kept =
    restored && list?.some(({ id, state }) => id === restored.staged.id && state === 'staged') ? restored : null
  const waiting = edited === undefined ? kept : edited
  const change = (next: Waiting | null) => {
    setEdited(next)
    if (next) save(next)
    else clear()
  }
  const runningId = list?.find(({ state }) => state === 'running')?.id
  const { follow, id: followed } = job
  useEffect(() => {
    if (runningId && followed === null) void follow({ id: runningId, start: false })
  }, [runningId, followed, follow])

  if (list === undefined || restored === undefined) return null
  return (
    <div className="flex max-w-5xl flex-col gap-4 pb-8">
      <header>
        <h1 className="text-xl font-bold">{t('imports:title')}</h1>
        <p className="text-muted">{t('imports:lead')}</p>
      </header>
      {job.id ? (
        <Running job={job} summary={list.find(({ id }) => id === job.id)} onDone={job.reset} />
      ) : waiting ? (
        <MapColumns
          key={waiting.staged.id}
          waiting={waiting}
          onChange={change}
          onStart={() => {
            void job.follow({ id: waiting.staged.id, mapping: waiting.mapping, skip_known: waiting.skipKnown })
            change(null)
          }}
        />
      ) : (
        <>
          <Unfinished list={list} onFinish={(id) => void job.follow({ id })} />
          <ChooseFile onStaged={change} />
          <PastImports list={list} />
        </>
      )}
    </div>
  )
}
