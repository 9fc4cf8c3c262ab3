import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { exampleOf, shownCopies, whenText } from './backups-model.ts'
import { CopyRow } from './CopyRow.tsx'
import { copyNames } from './copy-names.ts'
import { InsideDialog } from './InsideDialog.tsx'
import { PathForm } from './PathForm.tsx'

/** Every copy in the folders, newest first; each can be looked into before anything is done with it. */
export function CopiesCard({ usual }: { usual: string }) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const can = useCan('backups.run')
  const { data: copies } = useQuery(rpc.backups.list.queryOptions({ input: {}, staleTime: 0 }))
  const [isAll, setAll] = useState(false)
  const [file, setFile] = useState<string | null>(null)
  const [path, setPath] = useState('')
  const { shown, more } = shownCopies(copies ?? [], isAll)
  const names = copyNames(copies ?? [], (at) => whenText(at, language) ?? t('list.unknownTime'), language)
  return (
    <Card title={t('list.title')}>
      {copies?.length === 0 ? <p className="mb-3 text-muted">{t('list.empty')}</p> : null}
      <ul className="mb-4 flex flex-col">
        {shown.map((copy) => (
          <CopyRow
            key={copy.file}
            copy={copy}
            name={names.get(copy.file)!}
            isUsual={copy.folder === usual}
            onLook={can ? setFile : null}
          />
        ))}
      </ul>
      {more > 0 ? (
        <Button size="sm" variant="ghost" onPress={() => setAll(true)}>
          {t('list.more', { count: more, n: formatNumber(more, language) })}
        </Button>
      ) : null}
      {can ? (
        <div className="pt-2">
          <PathForm
            label={t('list.other')}
            description={t('list.otherNote', { example: exampleOf(usual, 'file') })}
            button={t('list.otherButton')}
            value={path}
            onChange={setPath}
            onSubmit={setFile}
          />
        </div>
      ) : null}
      {file !== null ? <InsideDialog key={file} file={file} onClose={() => setFile(null)} /> : null}
    </Card>
  )
}
