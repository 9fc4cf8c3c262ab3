import { Building2, Database, Palette, Settings, Tags, UsersRound } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { SettingsPage } from './SettingsPage.tsx'

export const settingsModule: RendererModule = {
  name: 'settings',
  routes: [{ path: '/settings/$section', component: SettingsPage, title: 'settings:title' }],
  menu: [
    {
      to: '/settings/business',
      label: 'settings:title',
      icon: Settings,
      place: 'foot',
      permission: 'settings.read',
      tour: 'settings',
    },
  ],
  commands: [
    {
      id: 'settings.business',
      label: 'settings:command.business',
      words: 'settings:title',
      icon: Building2,
      keys: ['G S'],
      run: (app) => app.go('/settings/business'),
    },
    {
      id: 'settings.appearance',
      label: 'settings:command.appearance',
      words: 'settings:title',
      icon: Palette,
      run: (app) => app.go('/settings/appearance'),
    },
    {
      id: 'settings.users',
      label: 'users:command.colleagues',
      words: 'users:command.colleaguesWords',
      icon: UsersRound,
      run: (app) => app.go('/settings/users'),
    },
    {
      id: 'settings.data',
      label: 'settings:command.data',
      words: 'settings:title',
      icon: Database,
      run: (app) => app.go('/settings/data'),
    },
    {
      id: 'settings.lists',
      label: 'settings:command.lists',
      words: 'settings:title',
      icon: Tags,
      run: (app) => app.go('/settings/lists'),
    },
  ],
}
