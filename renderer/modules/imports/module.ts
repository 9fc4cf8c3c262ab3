import { FileUp } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { ImportPage } from './ImportPage.tsx'

export const importsModule: RendererModule = {
  name: 'imports',
  routes: [{ path: '/import', component: ImportPage, title: 'imports:title', permission: 'imports.run' }],
  menu: [{ to: '/import', label: 'imports:menu', icon: FileUp, permission: 'imports.run', tour: 'import' }],
  commands: [
    {
      id: 'imports.open',
      label: 'imports:title',
      words: 'imports:words',
      icon: FileUp,
      keys: ['G I'],
      permission: 'imports.run',
      run: (app) => app.go('/import'),
    },
  ],
}
