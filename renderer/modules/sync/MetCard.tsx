import { Link } from '@tanstack/react-router'
import { Combine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { Cut } from '../../ui/Cut.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { mergePath } from '../duplicates/duplicates-model.ts'
import { useDistinct } from '../duplicates/use-distinct.ts'
import { type Met, whenText } from './sync-model.ts'
import { useWriterText } from './use-writer-text.ts'

/** One customer that was entered in two places: both as they are, by whom, when and where, and whether they are one. */
export function MetCard({ met }: { met: Met }) {
  const { t } = useTranslation('sync')
  const app = useApp()
  const distinct = useDistinct()
  const mayWrite = useCan('customers.write')
  const { first, second, reasons } = met
  const [a, b] = [first.customer, second.customer]
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div>
        <p className="font-bold">{t('met.what')}</p>
        <p className="text-muted">
          {reasons.map((reason) => t(`duplicates:why.${reason}`)).join(t('customers:comma'))}
        </p>
      </div>
      <div className="grid gap-3 md:grid-cols-2">
        <Entered title={t('met.first')} of={first} />
        <Entered title={t('met.second')} of={second} />
      </div>
      {mayWrite ? (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" icon={<Combine />} onPress={() => app.go(mergePath([a.id, b.id], 'sync'))}>
            {t('met.merge')}
          </Button>
          <Button size="sm" variant="ghost" onPress={() => void distinct(a, b)}>
            {t('duplicates:notSame')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}

function Entered({ title, of }: { title: string; of: Met['first'] }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const writer = useWriterText()
  const { customer, at } = of
  const more = [customer.company, customer.city].filter((part) => part !== null)
  return (
    <fieldset aria-label={title} className="flex min-w-0 flex-col gap-2 rounded-lg border border-line p-3">
      <p className="text-xs text-muted">{title}</p>
      <div className="min-w-0 flex-1">
        <Link
          to="/customers/$id"
          params={{ id: customer.id }}
          className="inline-block max-w-full font-bold text-accent hover:underline"
        >
          <Cut>{customer.name || t('customers:nameless')}</Cut>
        </Link>
        <p className="break-words">
          {customer.phone ? <PhoneText phone={customer.phone} /> : null}
          {customer.phone && more.length > 0 ? t('customers:comma') : null}
          <bdi>{more.join(t('customers:comma'))}</bdi>
        </p>
      </div>
      <p className="text-xs text-muted">
        {writer(of)}
        {at === null ? null : (
          <>
            {' '}
            · <time dateTime={new Date(at).toISOString()}>{whenText(at, language)}</time>
          </>
        )}
      </p>
    </fieldset>
  )
}
