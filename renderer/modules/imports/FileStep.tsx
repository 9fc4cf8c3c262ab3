import { useTranslation } from 'react-i18next'
import { ChooseFile } from './ChooseFile.tsx'
import type { Staged, Summary } from './import-model.ts'
import { PastImports } from './PastImports.tsx'
import { Tips } from './Tips.tsx'
import { Unfinished } from './Unfinished.tsx'
import { useUndoImport } from './use-undo-import.ts'

/** The first step: what waits or was cut off, a place to drop a file, where programs keep theirs, and what came before. */
export function FileStep(props: {
  list: readonly Summary[]
  onStaged: (staged: Staged) => void
  onResume: (summary: Summary) => void
  onDiscarded: (id: string) => void
  onFinish: (id: string) => void
}) {
  const { t } = useTranslation()
  // One for both lists: an import moves from the past ones to the unfinished while it is taken back.
  const undo = useUndoImport()
  return (
    <div className="flex flex-col gap-4 pb-4">
      <p className="text-muted">{t('imports:lead')}</p>
      <Unfinished
        list={props.list}
        undo={undo}
        onFinish={props.onFinish}
        onResume={props.onResume}
        onDiscarded={props.onDiscarded}
      />
      <ChooseFile label={t('imports:drop')} onStaged={props.onStaged} />
      <Tips />
      <PastImports list={props.list} undo={undo} />
    </div>
  )
}
