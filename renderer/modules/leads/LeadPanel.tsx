import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil, RotateCcw, UserRoundCheck, UserRoundPlus, XCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { errorText } from '../../api/errors.ts'
import { useCan } from '../../api/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Ltr } from '../../ui/Ltr.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { Fact } from '../customers/Fact.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import { leadName, STATUS_TONE } from './lead-model.ts'
import type { LeadActions } from './use-lead-actions.ts'
import type { Lead } from './use-leads.ts'

/** The lead beside the list: what they want, how to reach them, and the next step. */
export function LeadPanel(props: {
  id: string
  actions: LeadActions
  onEdit: (lead: Lead) => void
  onClose: () => void
}) {
  const { id, actions, onEdit, onClose } = props
  const { t } = useTranslation('leads')
  const { data: lead, error } = useQuery(rpc.leads.get.queryOptions({ input: { id } }))
  if (!lead)
    return (
      <SidePanel title={t('one')} onClose={onClose}>
        {error ? <ErrorState title={errorText(t, error)} /> : null}
      </SidePanel>
    )
  return (
    <SidePanel
      title={leadName(lead)}
      header={
        <h2 className="flex min-w-0 items-center gap-2 text-base font-bold">
          <bdi className="min-w-0 truncate">{leadName(lead)}</bdi>
          <Badge tone={STATUS_TONE[lead.status]}>{t(`status.${lead.status}`)}</Badge>
        </h2>
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-3.5">
        <Steps lead={lead} actions={actions} onEdit={() => onEdit(lead)} />
        {lead.known ? (
          <p className="rounded-card bg-warn-soft p-3 text-warn-ink">
            {t('known')}{' '}
            <Link to="/customers/$id" params={{ id: lead.known.id }} className="font-semibold underline">
              <bdi>{lead.known.name}</bdi>
            </Link>
          </p>
        ) : null}
        <LeadFacts lead={lead} />
      </div>
    </SidePanel>
  )
}

function Steps({ lead, actions, onEdit }: { lead: Lead; actions: LeadActions; onEdit: () => void }) {
  const { t } = useTranslation('leads')
  const canWrite = useCan('leads.write')
  if (!canWrite) return null
  const { status, id } = lead
  const edit = (
    <Button icon={<Pencil />} kbd="F2" onPress={onEdit}>
      {t('common:edit')}
    </Button>
  )
  if (status === 'converted' && lead.party)
    return (
      <div className="flex flex-wrap gap-2">
        <Link
          to="/customers/$id"
          params={{ id: lead.party.id }}
          className="inline-flex h-field items-center rounded-lg border border-line-strong px-3.5 font-semibold hover:bg-surface-2"
        >
          {t('showCustomer')}
        </Link>
        {edit}
      </div>
    )
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" icon={<UserRoundPlus />} kbd="K" onPress={() => void actions.convert(lead)}>
        {t('action.convert')}
      </Button>
      {status === 'new' ? (
        <Button icon={<UserRoundCheck />} kbd="W" onPress={() => void actions.work([id])}>
          {t('action.work')}
        </Button>
      ) : null}
      {status === 'discarded' ? (
        // A key of its own: the button that drops a lead must not come under the finger that opened it again.
        <Button key="reopen" icon={<RotateCcw />} onPress={() => void actions.reopen([id])}>
          {t('action.reopen')}
        </Button>
      ) : (
        <Button icon={<XCircle />} kbd="X" onPress={() => actions.askDiscard([id])}>
          {t('action.discard')}
        </Button>
      )}
      {edit}
    </div>
  )
}

function LeadFacts({ lead }: { lead: Lead }) {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const { nameOf } = useColleagues()
  const when = (at: number) => formatDateTime(at, Date.now(), language)
  return (
    <dl>
      {lead.body ? (
        <Fact label={t('field.body')} isLong>
          <span className="private-text inline-block whitespace-pre-wrap">{lead.body}</span>
        </Fact>
      ) : null}
      {lead.phone ? (
        <Fact label={t('field.phone')}>
          <PhoneText phone={lead.e164 ?? lead.phone} className="font-semibold" />
        </Fact>
      ) : null}
      {lead.company ? <Fact label={t('field.company')}>{lead.company}</Fact> : null}
      {lead.city ? <Fact label={t('field.city')}>{lead.city}</Fact> : null}
      {lead.email ? (
        <Fact label={t('field.email')}>
          <Ltr text={lead.email} />
        </Fact>
      ) : null}
      <Fact label={t('field.source')}>{lead.source?.name ?? t('common:none')}</Fact>
      <Fact label={t('field.owner')}>{nameOf(lead.owner_id) ?? t('nobody')}</Fact>
      <Fact label={t('field.at')}>{when(lead.at)}</Fact>
      {lead.user_id ? <Fact label={t('field.user')}>{nameOf(lead.user_id)}</Fact> : null}
      {lead.closed_at ? <Fact label={t('field.closed_at')}>{when(lead.closed_at)}</Fact> : null}
      {lead.status === 'discarded' ? (
        <Fact label={t('field.reason')}>
          <span className="private-text">{lead.reason?.name ?? t('discard.noReason')}</span>
        </Fact>
      ) : null}
      {lead.party ? <Fact label={t('field.party')}>{lead.party.name}</Fact> : null}
    </dl>
  )
}
