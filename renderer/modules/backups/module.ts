import { DatabaseBackup } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { Mark } from './Mark.tsx'
import { Notice } from './Notice.tsx'

/** Copies of the whole book: a section of the settings, a mark on their menu entry, and a word above every page after a mass change. */
export const backupsModule: RendererModule = {
  name: 'backups',
  routes: [],
  commands: [
    {
      id: 'backups.open',
      label: 'backups:command',
      words: 'backups:words',
      icon: DatabaseBackup,
      keys: ['G B'],
      permission: 'settings.read',
      run: (app) => app.go('/settings/backups'),
    },
  ],
  marks: { '/settings/business': Mark },
  Notice,
}
