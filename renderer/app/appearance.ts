import type { i18n } from 'i18next'
import { useLayoutEffect } from 'react'
import { rememberDevice, useDevice } from '../api/session.ts'

/** Puts the look of this device on the page: theme, density, font size, language. At once, without a restart. */
export function useAppearance(i18n: i18n): 'fa' | 'en' {
  const device = useDevice()
  const { language, theme, density, font_scale, counter_mode } = device
  useLayoutEffect(() => {
    const root = document.documentElement
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
    root.dataset.density = density
    root.toggleAttribute('data-counter', counter_mode)
    root.style.setProperty('--font-scale', String(font_scale / 100))
    root.lang = language
    root.dir = language === 'fa' ? 'rtl' : 'ltr'
    if (i18n.language !== language) void i18n.changeLanguage(language)
    rememberDevice(device)
  }, [i18n, device, language, theme, density, font_scale, counter_mode])
  return language
}
