import { House } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { DueMark } from './DueMark.tsx'
import { TodayPage } from './TodayPage.tsx'

/** The opening page. */
export const todayModule: RendererModule = {
  name: 'today',
  routes: [{ path: '/today', component: TodayPage, title: 'today:title' }],
  menu: [{ to: '/today', label: 'today:title', icon: House, permission: 'customers.read', tour: 'today' }],
  commands: [
    {
      id: 'today.open',
      label: 'today:command',
      words: 'today:words',
      icon: House,
      keys: ['G T'],
      permission: 'customers.read',
      run: (app) => app.go('/today'),
    },
  ],
  keyNotes: [
    { keys: ['↑', '↓'], label: 'today:key.move', group: 'today:title' },
    { keys: ['PgUp', 'PgDn'], label: 'today:key.section', group: 'today:title' },
    { keys: ['Enter'], label: 'today:key.open', group: 'today:title' },
    { keys: ['Space'], label: 'today:key.space', group: 'today:title' },
    { keys: ['L'], label: 'today:key.log', group: 'today:title' },
    { keys: ['S'], label: 'today:key.snooze', group: 'today:title' },
    { keys: ['X'], label: 'today:key.notNow', group: 'today:title' },
  ],
  marks: { '/today': DueMark },
}
