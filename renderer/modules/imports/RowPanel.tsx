import { useTranslation } from 'react-i18next'
import { ON_DUPLICATE } from '../../../shared/contract/imports.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Select } from '../../ui/Select.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { Outcome } from './CheckGrid.tsx'
import { Compare } from './Compare.tsx'
import type { OnDuplicate, Staged } from './import-model.ts'
import { RowCells } from './RowCells.tsx'
import type { CheckRow } from './use-check.ts'
import { useReasons } from './use-reasons.ts'

type Choice = OnDuplicate | 'same'

/** One row beside the list: why it is how it is, what would change, a choice of its own, and all that stood in the file. */
export function RowPanel(props: {
  staged: Staged
  row: CheckRow
  /** null: as all others. */
  onChoose: (choice: OnDuplicate | null) => void
  onClose: () => void
}) {
  const { staged, row, onChoose } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const reasons = useReasons()(row)
  return (
    <SidePanel
      title={row.name || t('imports:rowAt', { n: formatNumber(row.row, language) })}
      actions={<Outcome row={row} />}
      onClose={props.onClose}
    >
      <div className="flex flex-col gap-4">
        {reasons.length > 0 ? (
          <ul className="flex flex-col gap-1">
            {reasons.map((text) => (
              <li key={text}>{text}</li>
            ))}
            {row.outcome === 'bad' ? <li className="text-muted">{t('imports:badLater')}</li> : null}
          </ul>
        ) : null}
        {row.duplicate ? (
          <>
            <Select<Choice>
              label={t('imports:choiceOfRow')}
              options={(['same', ...ON_DUPLICATE] as const).map((id) => ({
                id,
                label: t(`imports:choice.${id}`),
                ...(id !== 'same' && { description: t(`imports:choiceText.${id}`) }),
              }))}
              value={row.choice ?? 'same'}
              onChange={(choice) => onChoose(choice === 'same' ? null : choice)}
            />
            <Compare row={row} duplicate={row.duplicate} />
          </>
        ) : row.outcome === 'bad' ? null : (
          <Checkbox
            label={t('imports:leaveRow')}
            value={row.outcome === 'skip'}
            onChange={(isOut) => onChoose(isOut ? 'skip' : null)}
          />
        )}
        <RowCells staged={staged} row={row} />
      </div>
    </SidePanel>
  )
}
