import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../app/app-context.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { isNumber, Name } from './Name.tsx'
import type { DuplicateHit } from './use-duplicates.ts'

/** Who this might be already, and a way to each. A hint, never a hindrance. */
export function Duplicates({ hits, onOpen }: { hits: readonly DuplicateHit[]; onOpen?: () => void }) {
  const { t } = useTranslation('customers')
  const app = useApp()
  return (
    <div aria-live="polite" className="empty:hidden">
      {hits.length > 0 ? (
        <section className="flex flex-col gap-1.5 rounded-card bg-warn-soft p-3">
          <h3 className="flex items-center gap-1.5 text-[0.8125rem] font-semibold text-warn-ink">
            <TriangleAlert className="size-4" aria-hidden="true" />
            {t('duplicate.title', { count: hits.length })}
          </h3>
          <ul className="flex flex-col gap-1">
            {hits.map(({ customer, why }) => (
              <li key={customer.id} className="flex min-w-0 items-center gap-2">
                <Avatar id={customer.id} name={isNumber(customer.name) ? '' : customer.name} kind={customer.kind} />
                <span className="min-w-0 flex-1">
                  <span className="flex min-w-0 items-center gap-2">
                    <span className="truncate font-semibold">
                      <Name name={customer.name} />
                    </span>
                    {why[0] ? <Badge tone="warn">{t(`duplicate.${why[0]}`)}</Badge> : null}
                  </span>
                  <span className="block truncate text-xs text-muted">
                    {customer.phone ? <PhoneText phone={customer.phone} /> : null}
                    {customer.phone && customer.city ? t('comma') : null}
                    {customer.city}
                  </span>
                </span>
                <Button
                  size="sm"
                  aria-label={t('duplicate.open', { name: customer.name || t('nameless') })}
                  onPress={() => {
                    onOpen?.()
                    app.go(`/customers/${customer.id}`)
                  }}
                >
                  {t('duplicate.show')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
