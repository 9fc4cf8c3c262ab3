import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, localDigits } from '../../../shared/domain/format.ts'
import { formatPhone } from '../../../shared/domain/phone.ts'
import { rpc } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { leadName } from './lead-model.ts'
import type { LeadActions, Match } from './use-lead-actions.ts'
import type { Lead } from './use-leads.ts'

/** The one question that an action asks, when it asks one. */
export function Asked({ actions }: { actions: LeadActions }) {
  const { asking } = actions
  if (asking?.kind === 'discard') return <Discard ids={asking.ids} actions={actions} />
  if (asking?.kind === 'convert') return <Convert lead={asking.lead} matches={asking.matches} actions={actions} />
  return null
}

const NO_REASON = ''

/** Why nothing came of it: one of the reasons of the business. */
function Discard({ ids, actions }: { ids: string[]; actions: LeadActions }) {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const { data: reasons = [], isPending } = useQuery(rpc.lists.all.queryOptions({ input: { list: 'lead_reason' } }))
  const only = useQuery({ ...rpc.leads.get.queryOptions({ input: { id: ids[0] ?? '' } }), enabled: ids.length === 1 })
  const [reason, setReason] = useState<string>(NO_REASON)
  const go = () => {
    actions.settle()
    void actions.discard(ids, reason || null)
  }
  // Whole or not at all: an arrow key pressed at once has all the reasons to go to.
  if (isPending || only.isLoading) return null
  return (
    <Dialog
      isOpen
      size="sm"
      onClose={actions.settle}
      onSave={go}
      title={t(only.data ? 'discard.titleOf' : 'discard.title', {
        count: ids.length,
        n: formatNumber(ids.length, language),
        name: only.data && leadName(only.data),
      })}
      footer={
        <>
          <Button variant="primary" kbd="F2" onPress={go}>
            {t('action.discard')}
          </Button>
          <Button onPress={actions.settle}>{t('common:cancel')}</Button>
        </>
      }
    >
      <Choice onEnter={go}>
        <RadioGroup
          label={t('discard.why')}
          value={reason}
          onChange={(next) => setReason(next ?? NO_REASON)}
          options={[
            { id: NO_REASON, label: t('discard.noReason') },
            ...reasons.map(({ id, name }) => ({ id, label: name })),
          ]}
        />
      </Choice>
    </Dialog>
  )
}

const FRESH = 'new'
/** The same number or e-mail is hardly somebody else. */
const isSame = ({ why }: Match) => why.includes('phone') || why.includes('email')

/** Somebody in the book looks like this lead: are they the same? */
function Convert({ lead, matches, actions }: { lead: Lead; matches: readonly Match[]; actions: LeadActions }) {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const [choice, setChoice] = useState<string>(() => matches.find(isSame)?.customer.id ?? FRESH)
  const go = () => {
    actions.settle()
    void actions.convertTo(lead, choice === FRESH ? null : choice)
  }
  return (
    <Dialog
      isOpen
      onClose={actions.settle}
      onSave={go}
      title={t('convert.title', { name: leadName(lead) })}
      footer={
        <>
          <Button variant="primary" kbd="F2" onPress={go}>
            {t(choice === FRESH ? 'convert.make' : 'convert.attach')}
          </Button>
          <Button onPress={actions.settle}>{t('common:cancel')}</Button>
        </>
      }
    >
      <Choice onEnter={go}>
        <RadioGroup
          label={t('convert.lead')}
          value={choice}
          onChange={(next) => setChoice(next ?? FRESH)}
          options={[
            ...matches.map(({ customer, why }) => ({
              id: customer.id,
              label: t('convert.to', { name: customer.name }),
              description: [
                why[0] && t(`customers:duplicate.${why[0]}`),
                customer.phone && localDigits(formatPhone(customer.phone), language),
                customer.city,
              ]
                .filter(Boolean)
                .join(t('customers:comma')),
            })),
            { id: FRESH, label: t('convert.fresh'), description: t('convert.freshText') },
          ]}
        />
        <p className="mt-3 text-xs text-muted">{t('convert.carries')}</p>
      </Choice>
    </Dialog>
  )
}

/** The arrow keys choose from the first moment, Enter does it. */
function Choice({ onEnter, children }: { onEnter: () => void; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), [])
  return (
    <div
      ref={box}
      // In the capture phase, because a radio button keeps Ctrl+Enter to itself.
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        event.stopPropagation()
        if (!event.repeat) onEnter()
      }}
    >
      {children}
    </div>
  )
}
