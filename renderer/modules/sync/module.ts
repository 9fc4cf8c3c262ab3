import { ListChecks, MonitorSmartphone } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { Chip } from './Chip.tsx'
import { Mark } from './Mark.tsx'
import { TrayPage } from './TrayPage.tsx'

/** Several devices, one book: a section of the settings, a chip at the foot of the menu, and a page for what a person has to choose. */
export const syncModule: RendererModule = {
  name: 'sync',
  routes: [{ path: '/sync', component: TrayPage, title: 'sync:tray.title', permission: 'customers.read' }],
  commands: [
    {
      id: 'sync.settings',
      label: 'sync:command',
      words: 'sync:words',
      icon: MonitorSmartphone,
      permission: 'settings.read',
      run: (app) => app.go('/settings/sync'),
    },
    {
      id: 'sync.tray',
      label: 'sync:commandTray',
      words: 'sync:words',
      icon: ListChecks,
      permission: 'customers.read',
      run: (app) => app.go('/sync'),
    },
  ],
  marks: { '/settings/business': Mark },
  Foot: Chip,
}
