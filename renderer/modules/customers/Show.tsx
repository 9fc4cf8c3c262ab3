import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ChevronRight, Copy, NotebookPen, Pencil, Phone, Trash2, UserRoundX } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityKind } from '../../../shared/domain/activity.ts'
import { formatPhone } from '../../../shared/domain/phone.ts'
import { errorCode, errorText } from '../../api/errors.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { beginLog } from '../activities/begin-log.ts'
import { Timeline } from '../activities/Timeline.tsx'
import { MergeWith } from '../duplicates/MergeWith.tsx'
import { NextSteps } from '../tasks/NextSteps.tsx'
import { DeletedBar } from './DeletedBar.tsx'
import { Facts } from './Facts.tsx'
import { Head } from './Head.tsx'
import { lastPlace } from './list-place.ts'
import { PhoneActions } from './PhoneActions.tsx'
import { useCopy } from './use-copy.ts'
import { useCustomer, useIsRead, useOpened } from './use-customer.ts'
import { useRemove } from './use-remove.ts'
import { useShowKeys } from './use-show-keys.ts'

/** The record page: who it is and everything known at the start, what happened beside it. */
export function Show() {
  const { id } = useParams({ strict: false }) as { id: string }
  return <ShowRecord key={id} id={id} />
}

function ShowRecord({ id }: { id: string }) {
  const { t } = useTranslation('customers')
  const navigate = useNavigate()
  const page = useRef<HTMLDivElement>(null)
  const canWrite = useCan('customers.write')
  const canDelete = useCan('customers.delete')
  const canLog = useCan('notes.write')
  const copy = useCopy()
  const remove = useRemove()
  useOpened(id)
  const { data, error } = useCustomer(id)
  const isRead = useIsRead(id)
  const [place] = useState(lastPlace)
  const list = { to: '/customers', search: place?.search ?? {} } as never
  const toList = () => void navigate(list)
  const edit = () => void navigate({ to: '/customers/$id/edit', params: { id } } as never)
  const log = (kind: ActivityKind) => page.current && beginLog(page.current, kind)
  useShowKeys({ edit: canWrite ? edit : undefined, log, back: toList })

  if (!data || !isRead) {
    if (!error || data) return null
    if (errorCode(error) !== 'NOT_FOUND') return <ErrorState title={errorText(t, error)} />
    return (
      <EmptyState icon={<UserRoundX />} action={<Button onPress={toList}>{t('show.back')}</Button>}>
        {t('show.notFoundTitle')}. {t('show.notFoundText')}
      </EmptyState>
    )
  }
  const phone = data.channels.find((channel) => channel.kind === 'phone')
  const shown = phone ? formatPhone(phone.e164 ?? phone.value) : ''
  return (
    <div ref={page} className="mx-auto flex max-w-6xl flex-col gap-3.5">
      <Link
        {...(list as { to: '/' })}
        className="flex w-fit items-center gap-1 text-[0.8125rem] text-muted hover:text-text"
      >
        <ChevronRight className="size-4 ltr:rotate-180" aria-hidden="true" />
        {t('show.back')}
      </Link>
      <header className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-80">
          <Head customer={data} isPage />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {canWrite && !data.deleted ? (
            <Button variant="primary" icon={<Pencil />} kbd="E" onPress={edit}>
              {t('show.edit')}
            </Button>
          ) : null}
          {canLog && !data.deleted ? (
            <Button icon={<Phone />} kbd="C" onPress={() => log('call')}>
              {t('show.call')}
            </Button>
          ) : null}
          {canLog ? (
            <Button icon={<NotebookPen />} kbd="M" onPress={() => log('note')}>
              {t('show.note')}
            </Button>
          ) : null}
          {phone ? (
            <Button icon={<Copy />} onPress={() => copy(shown.replaceAll(' ', ''), shown)}>
              {t('show.copyPhone')}
            </Button>
          ) : null}
          {canDelete && !data.deleted ? <MergeWith customer={data} /> : null}
          {canDelete && !data.deleted ? (
            <IconButton
              variant="outline"
              label={t('show.delete')}
              icon={<Trash2 />}
              onPress={() => void remove(data)}
            />
          ) : null}
        </div>
      </header>
      {data.deleted ? <DeletedBar customer={data} /> : null}
      <div className="grid grid-cols-1 items-start gap-3.5 lg:grid-cols-[23rem_minmax(0,1fr)]">
        <Card title={t('show.facts')}>
          <div className="flex flex-col gap-3">
            <PhoneActions customer={data} />
            <Facts customer={data} />
          </div>
        </Card>
        <Card>
          {data.deleted ? null : (
            <div className="mb-4">
              <NextSteps party={data} />
            </div>
          )}
          <Timeline partyId={data.id} />
        </Card>
      </div>
    </div>
  )
}
