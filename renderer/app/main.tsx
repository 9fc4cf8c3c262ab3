import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { api } from '../api/client.ts'
import { LiveContext, LiveRefresh } from '../api/live.ts'
import { createQueryClient } from '../api/query.ts'
import { deviceHint } from '../api/session.ts'
import { AppProviders } from '../ui/AppProviders.tsx'
import { guardDoubleClicks } from '../ui/double-click.ts'
import { App } from './App.tsx'
import { useAppearance } from './appearance.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { createI18n } from './i18n.ts'
import { modules } from './modules.ts'
import { createAppRouter } from './router.tsx'
import './theme.css'

const i18n = createI18n(deviceHint().language)
const client = createQueryClient()
const live = new LiveRefresh(api, client)
const router = createAppRouter(modules, '/today', client)
guardDoubleClicks(document)

/** Everything that wraps the window; inside it language, look, cache and live refresh are there. */
function Daftar() {
  const language = useAppearance(i18n)
  useEffect(() => live.start(), [])
  return (
    <AppProviders language={language}>
      <ErrorBoundary>
        <App modules={modules} router={router} />
      </ErrorBoundary>
    </AppProviders>
  )
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={client}>
        <LiveContext value={live}>
          <Daftar />
        </LiveContext>
      </QueryClientProvider>
    </I18nextProvider>
  </StrictMode>,
)
