import { ACTIVITY_KINDS } from '../../../shared/domain/activity.ts'
import type { RendererModule } from '../../app/module.ts'
import { ActivityEntry } from './ActivityEntry.tsx'

/** What happened with a customer, on the screen. */
export const activitiesModule: RendererModule = {
  name: 'activities',
  routes: [],
  timeline: {
    kinds: ACTIVITY_KINDS,
    Entry: ActivityEntry,
    chips: [
      { id: 'note', label: 'activities:chip.notes', kinds: ['note'] },
      { id: 'call', label: 'activities:chip.calls', kinds: ['call'] },
      { id: 'visit', label: 'activities:chip.visits', kinds: ['meeting', 'visit'] },
      { id: 'message', label: 'activities:chip.messages', kinds: ['message'] },
    ],
  },
  keyNotes: [
    { keys: ['M'], label: 'activities:key.note', group: 'customers:key.record' },
    { keys: ['C'], label: 'activities:key.call', group: 'customers:key.record' },
    { keys: ['J'], label: 'activities:key.meeting', group: 'customers:key.record' },
    { keys: ['V'], label: 'activities:key.visit', group: 'customers:key.record' },
    { keys: ['P'], label: 'activities:key.message', group: 'customers:key.record' },
    { keys: ['@'], label: 'activities:key.mention', group: 'customers:key.record' },
  ],
}
