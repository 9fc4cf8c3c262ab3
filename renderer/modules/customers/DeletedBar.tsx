import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useRestore } from './use-remove.ts'

/** Says that the record is deleted, and brings it back. */
export function DeletedBar({ customer }: { customer: Pick<Customer, 'id' | 'name'> }) {
  const { t } = useTranslation('customers')
  const restore = useRestore()
  const canRestore = useCan('customers.delete')
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2.5 rounded-card bg-warn-soft px-3.5 py-2.5 text-warn-ink"
    >
      <Trash2 className="size-4 shrink-0" aria-hidden="true" />
      <span className="min-w-0 flex-1">{t('show.deletedBar')}</span>
      {canRestore ? (
        <Button size="sm" onPress={() => void restore(customer)}>
          {t('show.restore')}
        </Button>
      ) : null}
    </div>
  )
}
