import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LIST_COLUMNS, LIST_FORMATS, type ListColumn, type ListFormat } from '../../../shared/contract/exports.ts'
import type { Sort } from '../../../shared/contract/filter.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useCan } from '../../api/session.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ChoiceCards } from '../../ui/ChoiceCards.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage } from '../../ui/locale.ts'
import type { Request } from './export-run.ts'
import { useStartExport } from './exports-context.ts'

export interface ExportListProps {
  /** The chosen customers, or all of a filter. */
  target: Extract<Request, { what: 'customers' }>['target']
  sort: Sort
  /** How many they are. */
  count: number
  /** Ids of the columns on the screen, in their order. */
  columns: readonly string[]
  size?: 'sm' | 'md'
}

/**
 * The button «export» of a list of customers, and what it asks: which file, which columns, and whether judgements come along. No lists are given
 * away before the eyes of a customer.
 */
export function ExportList({ size = 'md', ...list }: ExportListProps) {
  const { t } = useTranslation('exports')
  const can = useCan('exports.run')
  const { on: isCounter } = useCounterMode()
  const [isOpen, setOpen] = useState(false)
  if (!can || isCounter || list.count === 0) return null
  return (
    <>
      <Button size={size} icon={<FileDown />} onPress={() => setOpen(true)}>
        {t('action')}
      </Button>
      {isOpen ? <ListDialog {...list} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ListDialog({
  target,
  sort,
  count,
  columns,
  onClose,
}: Omit<ExportListProps, 'size'> & { onClose: () => void }) {
  const { t } = useTranslation('exports')
  const language = useLanguage()
  const start = useStartExport()
  const [format, setFormat] = useState<ListFormat>('xlsx')
  const [which, setWhich] = useState<'all' | 'shown'>('all')
  const [isPrivate, setPrivate] = useState(false)
  const isTable = format !== 'vcf'
  const canPrivate = !(isTable && which === 'shown')
  const make = () => {
    const shown = columns.filter((id): id is ListColumn => (LIST_COLUMNS as readonly string[]).includes(id))
    start({
      what: 'customers',
      format,
      target,
      sort,
      columns: isTable && which === 'shown' ? shown : null,
      private: isPrivate && canPrivate,
      language,
    })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('listTitle')}
      onSave={make}
      footer={
        <>
          <Button variant="primary" icon={<FileDown />} kbd="F2" isDefault onPress={make}>
            {t('start')}
          </Button>
          <Button onPress={onClose}>{t('cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t('count', { count, n: formatNumber(count, language) })}</p>
        <ChoiceCards
          label={t('format')}
          value={format}
          onChange={setFormat}
          options={LIST_FORMATS.map((id) => ({ id, label: t(`formats.${id}`), description: t(`formatNote.${id}`) }))}
          isStacked
        />
        {isTable ? (
          <ChoiceCards
            label={t('columns')}
            value={which}
            onChange={setWhich}
            options={[
              { id: 'all', label: t('columnsAll'), description: t('columnsAllNote') },
              { id: 'shown', label: t('columnsShown'), description: t('columnsShownNote') },
            ]}
          />
        ) : null}
        {canPrivate ? (
          <Checkbox label={t('private')} description={t('privateNote')} value={isPrivate} onChange={setPrivate} />
        ) : null}
      </div>
    </Dialog>
  )
}
