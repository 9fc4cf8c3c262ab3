import { Inbox, UserRoundSearch } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { LeadsPage } from './LeadsPage.tsx'
import { NewMark } from './NewMark.tsx'
import { QuickLead } from './QuickLead.tsx'

/** Whoever asked and is no customer yet. */
export const leadsModule: RendererModule = {
  name: 'leads',
  routes: [{ path: '/leads', component: LeadsPage, title: 'leads:title' }],
  menu: [{ to: '/leads', label: 'leads:title', icon: Inbox, permission: 'customers.read' }],
  add: {
    label: 'leads:add',
    icon: UserRoundSearch,
    keys: ['Shift+L'],
    permission: 'leads.write',
    Dialog: QuickLead,
  },
  commands: [
    {
      id: 'leads.add',
      label: 'leads:command.add',
      words: 'leads:command.words',
      icon: UserRoundSearch,
      keys: ['Shift+L'],
      permission: 'leads.write',
      run: (app) => app.openAdd('leads'),
    },
    {
      id: 'leads.open',
      label: 'leads:command.open',
      words: 'leads:command.words',
      icon: Inbox,
      keys: ['G L'],
      permission: 'customers.read',
      run: (app) => app.go('/leads'),
    },
  ],
  keyNotes: [
    { keys: ['Enter', 'Space'], label: 'leads:key.open', group: 'leads:title' },
    { keys: ['F2'], label: 'leads:key.edit', group: 'leads:title' },
    { keys: ['L'], label: 'leads:key.log', group: 'leads:title' },
    { keys: ['W'], label: 'leads:key.work', group: 'leads:title' },
    { keys: ['K'], label: 'leads:key.convert', group: 'leads:title' },
    { keys: ['X'], label: 'leads:key.discard', group: 'leads:title' },
    { keys: ['Shift+Space'], label: 'leads:key.choose', group: 'leads:title' },
  ],
  marks: { '/leads': NewMark },
}
