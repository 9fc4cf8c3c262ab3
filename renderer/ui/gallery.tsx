/** Every part of the design system on one page, for looking at and for tests. Development only: nothing links to it. */
import '../app/theme.css'
import i18next from 'i18next'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import en from '../../locales/en/ui.json' with { type: 'json' }
import fa from '../../locales/fa/ui.json' with { type: 'json' }
import { AppProviders } from './AppProviders.tsx'
import { GalleryPage } from './gallery-page.tsx'

// ?lang=en&theme=dark&part=grid&scale=1.4
const query = new URLSearchParams(location.search)
const language = query.get('lang') === 'en' ? 'en' : 'fa'
document.documentElement.style.setProperty('--font-scale', query.get('scale') ?? '1')
document.documentElement.dataset.theme = query.get('theme') ?? 'light'
if (query.get('density')) document.documentElement.dataset.density = 'compact'
void i18next.use(initReactI18next).init({
  lng: language,
  ns: ['ui'],
  defaultNS: 'ui',
  resources: { fa: { ui: fa }, en: { ui: en } },
  interpolation: { escapeValue: false },
})
createRoot(document.getElementById('root')!).render(
  <AppProviders language={language}>
    <GalleryPage language={language} part={query.get('part') ?? 'basics'} />
  </AppProviders>,
)
