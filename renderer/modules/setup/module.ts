import type { RendererModule } from '../../app/module.ts'
import { Welcome } from './Welcome.tsx'

/** The first run. */
export const setupModule: RendererModule = {
  name: 'setup',
  routes: [{ path: '/welcome', component: Welcome, title: 'setup:title', bare: true }],
}
