import { FileUp } from 'lucide-react'
import { DropZone, FileTrigger, Text } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'

export type FileDropProps = {
  /** What to drop here, in one sentence. */
  label: string
  description?: string
  /** Endings and MIME types, e.g. ['.csv', '.xlsx', '.vcf']. */
  accept?: string[]
  onFile: (file: File) => void
}

/** A place to drop a file on, with a button for those who would rather look for it; works by keyboard (Tab, Enter, paste). */
export function FileDrop({ label, description, accept, onFile }: FileDropProps) {
  const { t } = useTranslation('ui')
  return (
    <DropZone
      onDrop={async (event) => {
        const item = event.items.find((each) => each.kind === 'file')
        if (item?.kind === 'file') onFile(await item.getFile())
      }}
      className="flex flex-col items-center gap-2 rounded-card border-2 border-dashed border-line-strong bg-surface p-8 text-center outline-none data-drop-target:border-accent data-drop-target:bg-accent-soft data-focus-visible:focus-ring"
    >
      <FileUp className="size-8 text-muted" aria-hidden="true" />
      <Text slot="label">{label}</Text>
      {description ? <p className="text-xs text-muted">{description}</p> : null}
      <FileTrigger
        acceptedFileTypes={accept}
        onSelect={(files) => {
          const file = files?.[0]
          if (file) onFile(file)
        }}
      >
        <Button>{t('chooseFile')}</Button>
      </FileTrigger>
    </DropZone>
  )
}
