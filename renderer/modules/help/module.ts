import { GraduationCap, LifeBuoy } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { Help } from './Help.tsx'

export const helpModule: RendererModule = {
  name: 'help',
  routes: [{ path: '/help/$page', component: Help, title: 'help:title' }],
  menu: [{ to: '/help/start', label: 'help:title', icon: LifeBuoy, place: 'foot', tour: 'help' }],
  commands: [
    { id: 'help.open', label: 'help:title', icon: LifeBuoy, keys: ['G H'], run: (app) => app.go('/help/start') },
    { id: 'help.tour', label: 'help:tour', icon: GraduationCap, run: (app) => app.startTour() },
  ],
}
