import { Users } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'

/** The customer book. */
export const customersModule: RendererModule = {
  name: 'customers',
  routes: [],
  menu: [{ to: '/customers', label: 'customers:title', icon: Users, permission: 'customers.read', tour: 'customers' }],
}
