import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDevice, useStatus, useUpdateDevice } from '../../api/session.ts'
import { Logo } from '../../app/Logo.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Steps } from '../../ui/Steps.tsx'
import { BeginStep } from './BeginStep.tsx'
import { FirstStep } from './FirstStep.tsx'

/** The first run: one short form, then where to begin. Someone who comes back to it later is sent to the book. */
export function Welcome() {
  const { t } = useTranslation()
  const isSetUp = useStatus().data?.set_up ?? false
  const [wasSetUp] = useState(isSetUp)
  const [business, setBusiness] = useState<string | null>(null)
  const { language } = useDevice()
  const updateDevice = useUpdateDevice()
  if (wasSetUp) return <Navigate to="/customers" />
  return (
    <main className="relative flex h-dvh flex-col overflow-y-auto items-center bg-bg px-6 py-8 text-text">
      <div className="flex w-full max-w-xl flex-1 shrink-0 flex-col gap-6">
        <header className="flex items-center gap-3">
          <Logo />
          <span className="text-base font-bold">{t('common:appName')}</span>
          <div className="ms-auto">
            <SegmentedControl
              label={t('setup:language')}
              value={language}
              onChange={(next) => void updateDevice({ language: next })}
              options={[
                { id: 'fa', label: t('settings:appearance.persian') },
                { id: 'en', label: t('settings:appearance.english') },
              ]}
            />
          </div>
        </header>
        <Steps steps={[t('setup:steps.business'), t('setup:steps.begin')]} current={business === null ? 0 : 1} />
        {business === null ? <FirstStep onDone={setBusiness} /> : <BeginStep business={business} />}
      </div>
    </main>
  )
}
