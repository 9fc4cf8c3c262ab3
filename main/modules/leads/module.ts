import type { Module } from '../module.ts'
import { leadsService } from './service.ts'
import { lead } from './table.ts'
import { today } from './today.ts'

export const leadsModule: Module = {
  name: 'leads',
  tables: [lead],
  service: leadsService,
  today,
  exportSheets: [
    {
      table: 'lead',
      columns: {
        name: 'text',
        company: 'text',
        phone: 'text',
        e164: 'text',
        email: 'text',
        city: 'text',
        body: 'text',
        source_id: { to: 'source', show: 'name' },
        owner_id: { to: 'user', show: 'name' },
        user_id: { to: 'user', show: 'name' },
        at: 'instant',
        status: 'text',
        closed_at: 'instant',
        reason_id: { to: 'list_item', show: 'name' },
        party_id: { to: 'party', show: 'name' },
      },
    },
  ],
}
