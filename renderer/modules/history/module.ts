import { History } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { HistoryPage } from './HistoryPage.tsx'

export const historyModule: RendererModule = {
  name: 'history',
  routes: [{ path: '/history', component: HistoryPage, title: 'history:title' }],
  menu: [{ to: '/history', label: 'history:title', icon: History, permission: 'history.read', tour: 'history' }],
  commands: [
    {
      id: 'history.open',
      label: 'history:open',
      words: 'history:words',
      icon: History,
      keys: ['G Y'],
      permission: 'history.read',
      run: (app) => app.go('/history'),
    },
  ],
}
