import { ArchiveRestore, FileUp, NotebookPen, Sparkles } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useApp } from '../../app/app-context.ts'
import { useLanguage } from '../../ui/locale.ts'
import { useToast } from '../../ui/Toast.tsx'

function Choice(props: { icon: ReactNode; title: string; hint: string; onPress: () => void; isDisabled: boolean }) {
  return (
    <button
      type="button"
      disabled={props.isDisabled}
      onClick={props.onPress}
      className="flex items-start gap-3.5 rounded-card border border-line-strong bg-surface p-4 text-start hover:border-accent hover:bg-accent-soft disabled:opacity-60"
    >
      <span
        className="grid size-9 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-ink [&>svg]:size-5"
        aria-hidden="true"
      >
        {props.icon}
      </span>
      <span className="flex flex-col">
        <span className="font-bold">{props.title}</span>
        <span className="text-muted">{props.hint}</span>
      </span>
    </button>
  )
}

/** The second step: sample data, a file, an empty book, or a copy of one there was. ↑ ↓ move, Enter chooses. */
export function BeginStep({ business }: { business: string }) {
  const { t } = useTranslation()
  const app = useApp()
  const toast = useToast()
  const language = useLanguage()
  const choices = useRef<HTMLDivElement>(null)
  useEffect(() => choices.current?.querySelector('button')?.focus(), [])
  const sample = useCommand(api.setup.addSample, {
    onDone: ({ customers }) => {
      const n = formatNumber(customers, language)
      toast({ message: t('setup:sampleIn', { count: customers, n }), tone: 'ok' })
      app.go('/customers')
    },
  })
  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const all = [...event.currentTarget.querySelectorAll('button')]
    const at = all.indexOf(document.activeElement as HTMLButtonElement) + (event.key === 'ArrowDown' ? 1 : -1)
    all.at(at % all.length)?.focus()
  }
  return (
    <section className="flex flex-col gap-4 rounded-card border border-line bg-surface p-6">
      <div>
        <h1 className="text-xl font-bold">{t('setup:ready', { name: business })}</h1>
        <p className="text-muted">{t('setup:readyLead')}</p>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move among the buttons inside */}
      <div ref={choices} className="flex flex-col gap-3" onKeyDown={move}>
        <Choice
          icon={<Sparkles />}
          title={t('setup:choice.sample')}
          hint={t('setup:choice.sampleHint')}
          isDisabled={sample.isRunning}
          onPress={() => void sample.run(undefined)}
        />
        <Choice
          icon={<FileUp />}
          title={t('setup:choice.file')}
          hint={t('setup:choice.fileHint')}
          isDisabled={sample.isRunning}
          onPress={() => app.go('/import')}
        />
        <Choice
          icon={<NotebookPen />}
          title={t('setup:choice.empty')}
          hint={t('setup:choice.emptyHint')}
          isDisabled={sample.isRunning}
          onPress={() => app.go('/customers')}
        />
        <Choice
          icon={<ArchiveRestore />}
          title={t('setup:restore.title')}
          hint={t('setup:choice.restoreHint')}
          isDisabled={sample.isRunning}
          onPress={() => app.go('/settings/backups')}
        />
      </div>
      <p role="status" className="text-muted empty:hidden">
        {sample.isRunning ? t('setup:making') : null}
      </p>
    </section>
  )
}
