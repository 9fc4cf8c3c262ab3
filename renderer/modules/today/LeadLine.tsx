import { UserRoundSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { useApp } from '../../app/app-context.ts'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { LineButton } from './LineButton.tsx'
import { Facts, LineRow } from './LineRow.tsx'
import { leadPath } from './today-model.ts'
import type { Line } from './use-today-page.ts'

/** Somebody new who asked. */
export function LeadLine({ line, today }: { line: Extract<Line, { type: 'lead' }>; today: string }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const app = useApp()
  const when = formatRelativeDay(dayOf(line.at), today, language)
  return (
    <LineRow
      id={line.key}
      label={t('label.lead', { name: line.name, text: line.text ?? '' })}
      tone="accent"
      badge={when}
      title={
        <>
          <bdi>{line.name}</bdi>
          {line.company ? (
            <span className="font-normal text-muted">
              {t('customers:comma')}
              <bdi>{line.company}</bdi>
            </span>
          ) : null}
        </>
      }
      facts={
        <Facts>
          {line.phone ? <PhoneText phone={line.phone} /> : null}
          {line.text ? <bdi className="private-text">{line.text}</bdi> : null}
          {line.source ? <bdi>{line.source}</bdi> : null}
        </Facts>
      }
    >
      <LineButton
        by="Space"
        icon={<UserRoundSearch />}
        label={t('lead.look')}
        onPress={() => app.go(leadPath(line.id))}
      />
    </LineRow>
  )
}
