import { FolderArchive } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'

export const exportsModule: RendererModule = {
  name: 'exports',
  routes: [],
  commands: [
    {
      id: 'exports.everything',
      label: 'exports:everything.command',
      words: 'exports:words',
      icon: FolderArchive,
      permission: 'exports.run',
      run: (app) => app.go('/settings/data'),
    },
  ],
}
