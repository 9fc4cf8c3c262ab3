import { ListFilter, UserRoundPen, UserRoundPlus, Users } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { ChangeEntry } from './ChangeEntry.tsx'
import { isCreation, readableFields } from './change-model.ts'
import { Edit, New } from './Edit.tsx'
import { List } from './List.tsx'
import { QuickAdd } from './QuickAdd.tsx'
import { Show } from './Show.tsx'
import { loadRecord } from './use-customer.ts'

/** The customer book on the screen. */
export const customersModule: RendererModule = {
  name: 'customers',
  routes: [
    { path: '/customers', component: List, title: 'customers:title' },
    { path: '/customers/new', component: New, title: 'customers:edit.newTitle' },
    {
      path: '/customers/$id',
      component: Show,
      title: 'customers:one',
      load: (client, { params }) => loadRecord(client, params['id'] ?? ''),
    },
    { path: '/customers/$id/edit', component: Edit, title: 'customers:command.edit' },
  ],
  timeline: {
    kinds: ['change'],
    Entry: ChangeEntry,
    chips: [{ id: 'change', label: 'customers:timeline.changes', kinds: ['change'] }],
    // A change of which nothing may be read here would be an empty line.
    isShown: (entry, isCounter) =>
      entry.kind === 'change' && (isCreation(entry) || readableFields(entry.fields, isCounter).length > 0),
  },
  menu: [{ to: '/customers', label: 'customers:title', icon: Users, permission: 'customers.read', tour: 'customers' }],
  add: {
    label: 'customers:add',
    icon: UserRoundPlus,
    keys: ['N', 'Ctrl+N'],
    permission: 'customers.write',
    Dialog: QuickAdd,
  },
  commands: [
    {
      id: 'customers.add',
      label: 'customers:command.add',
      icon: UserRoundPlus,
      keys: ['N', 'Ctrl+N', 'Alt+N'],
      permission: 'customers.write',
      run: (app) => app.openAdd('customers'),
    },
    {
      id: 'customers.new',
      label: 'customers:command.addFull',
      icon: UserRoundPen,
      keys: ['Shift+N'],
      permission: 'customers.write',
      run: (app) => app.go('/customers/new'),
    },
    {
      id: 'customers.list',
      label: 'customers:command.list',
      icon: Users,
      keys: ['G C'],
      permission: 'customers.read',
      run: (app) => app.go('/customers'),
    },
    {
      id: 'customers.trash',
      label: 'customers:command.trash',
      icon: ListFilter,
      permission: 'customers.read',
      run: (app) => app.go('/customers?view=trash'),
    },
  ],
  keyNotes: [
    { keys: ['Space'], label: 'customers:key.panel', group: 'customers:key.list' },
    { keys: ['Shift+Space'], label: 'customers:key.choose', group: 'customers:key.list' },
    { keys: ['Ctrl+A'], label: 'customers:key.chooseAll', group: 'customers:key.list' },
    { keys: ['Delete'], label: 'customers:key.delete', group: 'customers:key.list' },
    { keys: ['E', 'F2'], label: 'customers:key.edit', group: 'customers:key.record' },
    { keys: ['Esc'], label: 'customers:key.back', group: 'customers:key.record' },
  ],
}
