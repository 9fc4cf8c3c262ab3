import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import { Dialog as AriaDialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { FilterGroup } from '../../../shared/contract/filter.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { popoverClass } from '../../ui/overlay.ts'
import { FilterGroupEditor } from './FilterGroupEditor.tsx'
import { complete, EMPTY, newRule, ruleCount, sameFilter } from './filter-model.ts'
import type { List } from './use-list.ts'

/** The filter button and its builder: rules and groups joined by and/or. The list follows each finished rule at once. */
export function Filters({ list }: { list: List }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const { filter } = list.view
  // Half-made rules live only here; the address and the engine get the finished ones.
  const [draft, setDraft] = useState<FilterGroup | null>(null)
  const where = draft ?? filter.where
  const change = (next: FilterGroup) => {
    setDraft(next)
    const done = { ...filter, where: complete(next) }
    if (!sameFilter(done, { ...filter, where: complete(where) })) list.setFilter(done)
  }
  const count = ruleCount(filter.where)
  return (
    <DialogTrigger
      onOpenChange={(isOpen) =>
        setDraft(
          isOpen ? (filter.where.rules.length > 0 ? filter.where : { op: 'and', rules: [newRule('city')] }) : null,
        )
      }
    >
      <Button icon={<ListFilter />} aria-label={t('filter.title')}>
        <span id="customers-filter">
          {count > 0 ? t('list.filterCount', { count, n: formatNumber(count, language) }) : t('list.filter')}
        </span>
      </Button>
      <Popover placement="bottom end" offset={6} className={`${popoverClass} max-h-[70vh] w-[36rem] max-w-[92vw]`}>
        <AriaDialog aria-label={t('filter.title')} className="flex flex-col gap-3 p-4 outline-none">
          <FilterGroupEditor group={where} path={[]} root={where} onRoot={change} onClear={() => change(EMPTY)} />
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  )
}
