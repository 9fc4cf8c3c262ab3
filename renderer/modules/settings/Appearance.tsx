import { Monitor, Moon, Sun } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '../../../shared/contract/settings.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useDevice, useUpdateDevice } from '../../api/session.ts'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { NotificationsCard } from '../tasks/NotificationsCard.tsx'

const SCALES = [85, 100, 110, 125, 140] as const

function Row({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row with one control, which names itself
    <div
      role="group"
      aria-labelledby={id}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3 last:border-b-0"
    >
      <div className="min-w-40 flex-1">
        <p id={id}>{label}</p>
        {note ? <p className="text-xs text-muted">{note}</p> : null}
      </div>
      {children}
    </div>
  )
}

/** Theme, density, size, language of this device; every choice is on the screen at once. */
export function Appearance() {
  const { t } = useTranslation()
  const language = useLanguage()
  const device = useDevice()
  const update = useUpdateDevice()
  const set = (patch: Partial<Device>) => void update(patch)
  return (
    <div className="flex flex-col gap-3.5">
      <Card title={t('settings:section.appearance')}>
        <Row label={t('settings:appearance.theme')}>
          <SegmentedControl
            label={t('settings:appearance.theme')}
            value={device.theme}
            onChange={(theme) => set({ theme })}
            options={[
              { id: 'system', label: t('settings:appearance.system'), icon: <Monitor aria-hidden="true" /> },
              { id: 'light', label: t('settings:appearance.light'), icon: <Sun aria-hidden="true" /> },
              { id: 'dark', label: t('settings:appearance.dark'), icon: <Moon aria-hidden="true" /> },
            ]}
          />
        </Row>
        <Row label={t('settings:appearance.language')}>
          <SegmentedControl
            label={t('settings:appearance.language')}
            value={device.language}
            onChange={(next) => set({ language: next })}
            options={[
              { id: 'fa', label: t('settings:appearance.persian') },
              { id: 'en', label: t('settings:appearance.english') },
            ]}
          />
        </Row>
        <Row label={t('settings:appearance.density')} note={t('settings:appearance.densityNote')}>
          <SegmentedControl
            label={t('settings:appearance.density')}
            value={device.density}
            onChange={(density) => set({ density })}
            options={[
              { id: 'comfortable', label: t('settings:appearance.comfortable') },
              { id: 'compact', label: t('settings:appearance.compact') },
            ]}
          />
        </Row>
        <Row label={t('settings:appearance.fontSize')}>
          <SegmentedControl
            label={t('settings:appearance.fontSize')}
            value={String(device.font_scale)}
            onChange={(scale) => set({ font_scale: Number(scale) })}
            options={SCALES.map((scale) => ({
              id: String(scale),
              label: t('settings:appearance.percent', { n: formatNumber(scale, language) }),
            }))}
          />
        </Row>
        <Row label={t('app:counter.title')} note={t('app:counter.explains')}>
          <Switch
            label={t('settings:appearance.counterOn')}
            value={device.counter_mode}
            onChange={(counter_mode) => set({ counter_mode })}
          />
        </Row>
      </Card>
      <NotificationsCard />
    </div>
  )
}
