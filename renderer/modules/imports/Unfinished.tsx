import { CirclePause } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import type { Summary } from './import-model.ts'
import { useUndoImport } from './use-undo-import.ts'

/** Imports that a power cut or «cancel» stopped half-way: finish, take back, or leave what came in. */
export function Unfinished({ list, onFinish }: { list: readonly Summary[]; onFinish: (id: string) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const undo = useUndoImport()
  const keep = useCommand(api.imports.discard)
  const halves = list.filter(({ state }) => state === 'interrupted' || state === 'cancelled')
  const n = (value: number) => formatNumber(value, language)
  return halves.map((half) => (
    <section
      key={half.id}
      aria-label={half.file_name}
      className="flex flex-wrap items-center gap-3 rounded-card border border-line bg-warn-soft p-4"
    >
      <CirclePause className="size-5 shrink-0 text-warn-ink" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="font-bold">
          {half.state === 'interrupted' ? t('imports:interrupted') : t('imports:wasCancelled')}{' '}
          <bdi>{half.file_name}</bdi>
        </p>
        <p>{t('imports:half', { done: n(half.done), total: n(half.total), added: n(half.added) })}</p>
      </div>
      <Button variant="primary" size="sm" onPress={() => onFinish(half.id)}>
        {t('imports:finish')}
      </Button>
      <Button size="sm" onPress={() => void undo.run({ id: half.id })} isDisabled={undo.isRunning}>
        {t('imports:takeBack')}
      </Button>
      <Button size="sm" variant="ghost" onPress={() => void keep.run({ id: half.id })}>
        {t('imports:leave')}
      </Button>
    </section>
  ))
}
