import { useQuery } from '@tanstack/react-query'
import { Download, LockKeyhole, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { ConnectionBanner } from '../../app/ConnectionBanner.tsx'
import { Logo } from '../../app/Logo.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Reconnect } from './Reconnect.tsx'
import { useSealedFile } from './use-sealed-file.ts'
import { useSyncStatus } from './use-sync-status.ts'

const COMMAND = 'npm run server -- invite'

/** The whole window of a device that was shut out, by the owner or by the server: what happened, what stays, and the way back. */
export function RevokedScreen() {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const save = useSealedFile()
  const isReuse = useSyncStatus()?.code === 'reuse'
  const kept = useQuery(rpc.sync.sealed.kept.queryOptions({ staleTime: 0 })).data
  const count = kept ? kept.unsent + kept.aside : 0
  // What was set aside is sealed already.
  const hasFile = kept !== undefined && count > 0 && (kept.recipients > 0 || kept.unsent === 0)
  return (
    <div className="relative flex h-dvh flex-col overflow-y-auto bg-bg text-text">
      <ConnectionBanner />
      <main className="grid flex-1 place-items-center p-6">
        <div className="flex w-full max-w-xl flex-col gap-5">
          <div className="flex items-center gap-2.5">
            <Logo />
            <span className="text-base font-bold">{t('common:appName')}</span>
          </div>
          <section className="flex flex-col gap-4 rounded-card border border-line bg-surface p-6">
            <h1 className="flex items-start gap-3 text-lg font-bold">
              <LockKeyhole className="mt-1 size-5 shrink-0 text-warn" aria-hidden="true" />
              {t('revoked.title')}
            </h1>
            <p>{t(isReuse ? 'revoked.whatReuse' : 'revoked.what')}</p>
            <p className="flex items-start gap-3">
              <ShieldCheck className="mt-1 size-5 shrink-0 text-ok" aria-hidden="true" />
              <span>
                {t('revoked.kept')}{' '}
                {count > 0 ? t('revoked.keptUnsent', { count, n: formatNumber(count, language) }) : null}
              </span>
            </p>
            <p className="text-muted">{t(isReuse ? 'revoked.todoReuse' : 'revoked.todo')}</p>
            <p className="text-muted">
              {t('revoked.sole')}
              <code dir="ltr" className="mt-1 block text-end text-text">
                {COMMAND}
              </code>
            </p>
            {count > 0 ? <p className="text-muted">{t(hasFile ? 'revoked.file' : 'revoked.noRecipient')}</p> : null}
            {hasFile ? (
              <Button
                className="self-start"
                icon={<Download />}
                isDisabled={save.isRunning}
                onPress={() => void save.run({ all: true })}
              >
                {t('sealed.save')}
              </Button>
            ) : null}
          </section>
          <Reconnect />
        </div>
      </main>
    </div>
  )
}
