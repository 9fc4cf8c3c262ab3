import { CalendarCog, CalendarDays } from 'lucide-react'
import { momentOf, windowClock } from '../../app/clock.ts'
import type { RendererModule } from '../../app/module.ts'
import { CalendarPage } from './CalendarPage.tsx'
import { placeOf } from './calendar-model.ts'
import { rangeOf } from './use-calendar.ts'

export const calendarModule: RendererModule = {
  name: 'calendar',
  routes: [
    {
      path: '/calendar',
      component: CalendarPage,
      title: 'calendar:title',
      load: (client, { search }) =>
        void client.prefetchQuery(rangeOf(placeOf(search, momentOf(windowClock.now()).day))),
    },
  ],
  menu: [
    { to: '/calendar', label: 'calendar:title', icon: CalendarDays, permission: 'customers.read', tour: 'calendar' },
  ],
  commands: [
    {
      id: 'calendar.open',
      label: 'calendar:command',
      words: 'calendar:words',
      icon: CalendarDays,
      keys: ['G W'],
      permission: 'customers.read',
      to: '/calendar',
      run: (app) => app.go('/calendar'),
    },
    {
      id: 'calendar.settings',
      label: 'calendar:settingsCommand',
      words: 'calendar:settingsWords',
      icon: CalendarCog,
      permission: 'settings.read',
      run: (app) => app.go('/settings/calendar'),
    },
  ],
  keyNotes: [
    { keys: ['1', '2', '3', '4'], label: 'calendar:key.views', group: 'calendar:title' },
    { keys: ['0'], label: 'calendar:key.today', group: 'calendar:title' },
    { keys: ['PgUp', 'PgDn'], label: 'calendar:key.page', group: 'calendar:title' },
    { keys: ['N'], label: 'calendar:key.add', group: 'calendar:title' },
    { keys: ['Alt', '← ↑ → ↓'], label: 'calendar:key.move', group: 'calendar:title' },
  ],
}
