import { CopyCheck } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { DuplicatesPage } from './DuplicatesPage.tsx'
import { MergePage } from './MergePage.tsx'

/** Who may be in the book twice, and making one record of two. */
export const duplicatesModule: RendererModule = {
  name: 'duplicates',
  routes: [
    { path: '/duplicates', component: DuplicatesPage, title: 'duplicates:title' },
    { path: '/duplicates/merge', component: MergePage, title: 'duplicates:merge.title' },
  ],
  menu: [{ to: '/duplicates', label: 'duplicates:title', icon: CopyCheck, permission: 'customers.write' }],
  commands: [
    {
      id: 'duplicates.open',
      label: 'duplicates:command',
      words: 'duplicates:words',
      icon: CopyCheck,
      keys: ['G D'],
      permission: 'customers.write',
      run: (app) => app.go('/duplicates'),
    },
  ],
  keyNotes: [
    { keys: ['Enter'], label: 'duplicates:key.open', group: 'duplicates:title' },
    { keys: ['N'], label: 'duplicates:key.distinct', group: 'duplicates:title' },
    { keys: ['Ctrl+Enter', 'F2'], label: 'duplicates:key.merge', group: 'duplicates:title' },
    { keys: ['Esc'], label: 'duplicates:key.back', group: 'duplicates:title' },
  ],
}
