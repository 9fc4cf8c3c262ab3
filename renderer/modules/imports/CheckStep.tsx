import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ON_DUPLICATE } from '../../../shared/contract/imports.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { errorText } from '../../api/errors.ts'
import { ChoiceCards } from '../../ui/ChoiceCards.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Warning } from '../../ui/Field.tsx'
import { type FilterChip, FilterChips } from '../../ui/FilterChips.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Progress } from '../../ui/Progress.tsx'
import { CheckGrid } from './CheckGrid.tsx'
import { comingOf, newOf, type PreviewCounts, type Show, type Waiting, warnedOf } from './import-model.ts'
import { RowPanel } from './RowPanel.tsx'
import { useCheck } from './use-check.ts'

/** The fourth step: what is wrong and who is there already, side by side with what the file says; nothing has come in yet. */
export function CheckStep(props: {
  waiting: Waiting
  onChange: (waiting: Waiting) => void
  /** How many rows something comes from; null until it is known. */
  onComing: (count: number | null) => void
}) {
  const { waiting, onChange, onComing } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const [show, setShow] = useState<Show>('all')
  const [open, setOpen] = useState<string | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const check = useCheck(waiting, show)
  const { counts } = check
  const coming = counts && !check.isLate ? comingOf(counts) : null
  useEffect(() => onComing(coming), [onComing, coming])

  if (check.error)
    return (
      <ErrorState
        title={t('imports:notChecked')}
        kept={errorText(t, check.error)}
        advice={t('imports:notCheckedTodo')}
      />
    )
  if (!counts)
    return (
      <div className="flex-1 rounded-card border border-line bg-surface p-6">
        <Progress label={t('imports:checking')} done={waiting.staged.total} />
      </div>
    )
  const row = check.rows.find(({ id }) => id === open)
  const n = (value: number) => formatNumber(value, language)
  return (
    <>
      {counts.duplicates > 0 ? (
        <ChoiceCards
          label={t('imports:duplicates', {
            count: counts.duplicates,
            n: n(counts.duplicates),
            where: whereOf(counts, (key, value) => t(`imports:duplicateWhere.${key}`, { n: n(value) })).join(
              t('imports:between'),
            ),
          })}
          options={ON_DUPLICATE.map((id) => ({
            id,
            label: t(`imports:choice.${id}`),
            description: t(`imports:choiceText.${id}`),
          }))}
          value={waiting.onDuplicate}
          onChange={(onDuplicate) => onChange({ ...waiting, onDuplicate })}
        />
      ) : null}
      {coming === 0 ? <Warning>{t('imports:noneComes')}</Warning> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <FilterChips
          label={t('imports:show.label')}
          chips={chipsOf(counts).map(({ count, ...chip }) => ({
            ...chip,
            label: t(`imports:show.${chip.id}`),
            count: n(count),
          }))}
          value={show}
          onChange={(next) => {
            setShow(next)
            setOpen(null)
          }}
        />
        <p role="status" className="ms-auto text-xs text-muted">
          {t('imports:willCome', {
            add: n(counts.add),
            change: n(counts.fill + counts.update),
            out: n(counts.skip + counts.bad),
          })}
        </p>
      </div>
      <div ref={frame} className="flex min-h-0 flex-1 gap-3">
        <CheckGrid check={check} listKey={show} isNarrow={row !== undefined} open={open} onOpen={setOpen} />
        {row ? (
          <RowPanel
            key={row.id}
            staged={waiting.staged}
            row={row}
            onChoose={(choice) => void check.choose({ row: row.row, choice })}
            onClose={() => {
              setOpen(null)
              frame.current?.querySelector<HTMLElement>('[role=grid]')?.focus()
            }}
          />
        ) : null}
      </div>
    </>
  )
}

function whereOf({ of_book, of_file }: PreviewCounts, say: (key: 'book' | 'file', count: number) => string): string[] {
  return [...(of_book > 0 ? [say('book', of_book)] : []), ...(of_file > 0 ? [say('file', of_file)] : [])]
}

type Chip = Omit<FilterChip<Show>, 'label' | 'count'> & { count: number }
/** Sides that hold nothing are not offered, the two every file has excepted. */
function chipsOf(counts: PreviewCounts): Chip[] {
  const chips: Chip[] = [
    { id: 'all', count: counts.rows },
    { id: 'new', count: newOf(counts), tone: 'ok' },
    { id: 'duplicates', count: counts.duplicates, tone: 'accent' },
    { id: 'warned', count: warnedOf(counts), tone: 'warn' },
    { id: 'bad', count: counts.bad, tone: 'bad' },
    { id: 'chosen', count: counts.chosen, tone: 'violet' },
  ]
  return chips.filter(({ id, count }) => count > 0 || id === 'all' || id === 'new')
}
