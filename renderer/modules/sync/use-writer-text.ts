import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Side } from './sync-model.ts'

/** Gives `writer(side)`: who it was, and on which device. */
export function useWriterText() {
  const { t } = useTranslation('sync')
  return useCallback(
    ({ user_name, device_name, here }: Pick<Side, 'user_name' | 'device_name' | 'here'>): string => {
      const name = `\u2068${user_name ?? t('conflict.someone')}\u2069`
      if (here) return t('conflict.hereBy', { name })
      return device_name ? t('conflict.onBy', { name, device: `\u2068${device_name}\u2069` }) : name
    },
    [t],
  )
}
