import { useNavigate } from '@tanstack/react-router'
import { NotebookPen, UserRoundSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { useCan } from '../../api/session.ts'
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
  const navigate = useNavigate()
  const canLog = useCan('leads.write')
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
      {canLog ? (
        <LineButton
          by="L"
          isIcon
          icon={<NotebookPen />}
          label={t('lead.log')}
          // The line is about whoever is open in the inbox.
          onPress={() =>
            void navigate({ to: '/leads', search: { open: line.id } as never }).then(() => app.openAdd('quicklog'))
          }
        />
      ) : null}
      <LineButton
        by="Space"
        icon={<UserRoundSearch />}
        label={t('lead.look')}
        onPress={() => app.go(leadPath(line.id))}
      />
    </LineRow>
  )
}
