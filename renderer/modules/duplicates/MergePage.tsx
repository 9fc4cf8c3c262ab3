import { useQueries } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { ChevronRight, Combine, UserRoundX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorCode, errorText } from '../../api/errors.ts'
import { useApp } from '../../app/app-context.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { keyName } from '../../app/keys.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { OPEN_DIALOG } from '../../ui/overlay.ts'
import { useNameText } from '../customers/use-name-text.ts'
import { backPath } from './duplicates-model.ts'
import { MergeTable } from './MergeTable.tsx'
import { type Choices, fullest, idsOf, linesOf, resultOf } from './merge-model.ts'
import { useDistinct } from './use-distinct.ts'

/** Two to five records side by side; what stays is chosen, and they become one. */
export function MergePage() {
  const { ids: text, back } = useSearch({ strict: false }) as { ids?: string; back?: string }
  const { t } = useTranslation('duplicates')
  const app = useApp()
  const ids = idsOf(text)
  const found = useQueries({ queries: ids.map((id) => rpc.customers.get.queryOptions({ input: { id } })) })
  const error = found.find((query) => query.error)?.error
  const records = [...new Map(found.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))).values()]
  const leave = () => app.go(backPath(back) ?? (ids.length === 0 ? '/duplicates' : `/customers/${ids[0]}`))
  const leaving = <Button onPress={leave}>{t('merge.back')}</Button>
  if (error && errorCode(error) !== 'NOT_FOUND') return <ErrorState title={errorText(t, error)} />
  if (error || ids.length < 2 || records.some((record) => record.deleted))
    return (
      <EmptyState icon={<UserRoundX />} action={leaving}>
        {t('merge.missing')}
      </EmptyState>
    )
  if (found.some((query) => !query.data)) return null
  if (records.length < 2)
    return (
      <EmptyState icon={<Combine />} action={leaving}>
        {t('merge.already')}
      </EmptyState>
    )
  return <MergeRecords key={text} records={records} back={back} onLeave={leave} />
}

function MergeRecords(props: { records: readonly Customer[]; back: string | undefined; onLeave: () => void }) {
  const { records, back, onLeave } = props
  const { t } = useTranslation('duplicates')
  const language = useLanguage()
  const app = useApp()
  const nameText = useNameText()
  const { on: isCounter } = useCounterMode()
  const [chosen, setSurvivor] = useState<string | null>(null)
  const survivor = records.find((record) => record.id === chosen)?.id ?? fullest(records)
  const [choices, setChoices] = useState<Choices>({})
  const lines = linesOf(records, survivor, choices, isCounter)
  const open = lines.filter((line) => line.isOpen).length
  const distinct = useDistinct()
  const { run, isRunning } = useCommand(api.customers.merge, {
    message: ({ merged }) => {
      const { name, first_name, last_name, company_name, kind } = resultOf(records, survivor, choices)
      const person = [first_name, last_name].filter(Boolean).join(' ')
      const shown = (kind === 'company' ? company_name || person : person || company_name) || name
      return t('merge.done', { count: merged, n: formatNumber(merged, language), name: nameText(shown) })
    },
    onDone: ({ id }) => app.go(backPath(back) ?? `/customers/${id}`),
  })
  const others = records.filter((record) => record.id !== survivor).map((record) => record.id)
  const merge = () => void (isRunning || run({ survivor, others, choose: choices }))
  const isPair = records.length === 2
  const apart = () => void distinct(records[0]!, records[1]!).then((done) => done && onLeave())
  useMergeKeys({ merge, apart: isPair ? apart : undefined, leave: onLeave })
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 pb-4">
      <button
        type="button"
        onClick={onLeave}
        className="flex w-fit items-center gap-1 text-[0.8125rem] text-muted hover:text-text"
      >
        <ChevronRight className="size-4 ltr:rotate-180" aria-hidden="true" />
        {t('merge.back')}
      </button>
      <header>
        <h1 className="text-xl font-bold">{t('merge.title')}</h1>
        <p className="text-muted">{t('merge.lead')}</p>
        <p className="mt-1 text-[0.8125rem] font-semibold" aria-live="polite">
          {open > 0 ? t('merge.differ', { count: open, n: formatNumber(open, language) }) : t('merge.same')}
        </p>
      </header>
      <MergeTable
        records={records}
        survivor={survivor}
        lines={lines}
        choices={choices}
        onSurvivor={setSurvivor}
        onChoose={(field, choice) => setChoices({ ...choices, [field]: choice })}
      />
      <footer
        data-foot-bar
        className="sticky bottom-0 z-10 flex flex-wrap items-center gap-2 rounded-card border border-line bg-surface px-3.5 py-2.5 shadow-overlay"
      >
        <Button variant="primary" icon={<Combine />} kbd="Ctrl Enter" isDefault isDisabled={isRunning} onPress={merge}>
          {t('merge.submit')}
        </Button>
        {isPair ? (
          <Button kbd="N" onPress={apart}>
            {t('notSame')}
          </Button>
        ) : null}
        <Button variant="ghost" kbd="Esc" onPress={onLeave}>
          {t('merge.back')}
        </Button>
      </footer>
    </div>
  )
}

/** Ctrl+Enter or F2 merges, N says «not the same», Esc goes back; the choices themselves are radio buttons. */
function useMergeKeys(actions: { merge: () => void; apart: (() => void) | undefined; leave: () => void }) {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      if (document.querySelector(`${OPEN_DIALOG}, [role=menu], [role=listbox]`)) return
      if ((event.target as Element | null)?.closest?.('input:not([type=radio]), textarea')) return
      const { merge, apart, leave } = latest.current
      const run = { 'Ctrl+Enter': merge, F2: merge, N: apart, Escape: leave }[keyName(event)]
      if (!run) return
      event.preventDefault()
      run()
    }
    // Before the keys of the whole program, where N adds a customer.
    addEventListener('keydown', press, { capture: true })
    return () => removeEventListener('keydown', press, { capture: true })
  }, [])
}
